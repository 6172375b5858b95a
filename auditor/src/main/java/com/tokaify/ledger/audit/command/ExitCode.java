package com.tokaify.ledger.audit.command;

/** What scripts are told. */
public final class ExitCode {
    /** All is as it should be. */
    public static final int CLEAN = 0;

    /** There are findings, or differences. */
    public static final int FINDINGS = 1;

    /** The question was not understood. */
    public static final int USAGE = 2;

    /** It could not be found out. */
    public static final int NOT_DONE = 3;

    private ExitCode() {}
}
