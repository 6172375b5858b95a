package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.OnceKey;

/**
 * Which once-only facts a lane looks up before it decides. Hardly any command is a repetition, and
 * looking one key up costs the store a third of what the row itself costs; the append refuses a
 * repeated key anyway. So only those are looked up first that may well be repetitions: those this
 * lane has recorded a short while ago, since callers repeat soon or never, and for a while all of
 * them after a start and after a repetition of something older.
 *
 * <p>A mere guess, of a fixed size: whatever it says, a fact is recorded once. A wrong "no" costs a
 * batch that is decided twice, a wrong "yes" a lookup. Confined to its lane's thread.
 */
final class Recollection {
    /** Half a megabyte a lane: seconds of the highest load, minutes of an ordinary one. */
    static final int SLOTS = 1 << 16;

    /**
     * How long a lane is careful. So many commands pass for one batch decided twice that it does
     * not show.
     */
    static final int CAREFUL_COMMANDS = 20_000;

    private final long[] recent = new long[SLOTS];
    private int carefulCommands = CAREFUL_COMMANDS;

    /** Whether a fact had better be looked up before its command is decided. */
    boolean mayBeRepeated(OnceKey key) {
        return carefulCommands > 0 || isRecent(key);
    }

    boolean isRecent(OnceKey key) {
        return recent[slot(key)] == mark(key);
    }

    /** A fact is in the store. */
    void recorded(OnceKey key) {
        recent[slot(key)] = mark(key);
    }

    /** Something was repeated that this did not expect. */
    void surprised() {
        carefulCommands = CAREFUL_COMMANDS;
    }

    void decided(int commands) {
        carefulCommands = Math.max(0, carefulCommands - commands);
    }

    // A key is a hash: any of its bits will do.

    private static int slot(OnceKey key) {
        return (int) key.value().getLeastSignificantBits() & (SLOTS - 1);
    }

    private static long mark(OnceKey key) {
        return key.value().getMostSignificantBits();
    }
}
