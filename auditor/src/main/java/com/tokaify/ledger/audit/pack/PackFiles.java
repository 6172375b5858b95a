package com.tokaify.ledger.audit.pack;

/** What lies where in a pack. */
final class PackFiles {
    static final String README = "README.txt";
    static final String MANIFEST = "manifest.json";
    static final String CHECKPOINT = "checkpoint";
    static final String KEY = "key";
    static final String EVENTS = "events/";
    static final String ENTRIES = ".entries";

    private PackFiles() {}

    /** The entries of a stream in their order, each after its length in two bytes. */
    static String events(String stream) {
        return EVENTS + stream + ENTRIES;
    }

    /** An event's proof. In a folder, since not every system's file names may have a colon. */
    static String proof(String stream, long sequence) {
        return "proofs/" + stream + "/" + sequence + ".tlog-proof";
    }

    /** That the pack's log continues one of this size: hashes, a line each. */
    static String consistency(long size) {
        return "consistency/" + size;
    }
}
