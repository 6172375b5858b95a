package com.tokaify.ledger.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The lines a person sees; everything else goes to the log files. Any thread may write, lines are
 * never mixed.
 */
final class Terminal {
    private final PrintStream out;
    private final PrintStream err;

    Terminal(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    synchronized void line(String line) {
        out.println(line);
    }

    /** Why the ledger does not run. */
    synchronized void error(String line) {
        err.println("ledger: " + line);
    }

    /** What has failed, and under it the last lines of its log. */
    synchronized void failure(String line, List<String> logTail) {
        out.println(line);
        logTail.forEach(logged -> out.println("    | " + logged));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
