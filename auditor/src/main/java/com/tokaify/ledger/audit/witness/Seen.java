package com.tokaify.ledger.audit.witness;

/** What a look at a log came to. */
public sealed interface Seen {

    /** The first checkpoint ever; there was nothing to hold against it. */
    record First(long size) implements Seen {}

    /** It continues the one that was kept, and is kept in its place. */
    record Continued(long from, long size) implements Seen {}

    /** Nothing has happened since. */
    record Unchanged(long size) implements Seen {}

    /** It shows fewer leaves than were kept, not for long yet: who answers may be behind. */
    record Behind(long kept, long size) implements Seen {}

    /**
     * An honest log never shows this.
     *
     * @param why a sentence
     */
    record Refused(String why) implements Seen {}
}
