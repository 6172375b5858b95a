package com.tokaify.ledger.standalone;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The lines a person sees; everything else goes to the log files. Any thread may write, lines are
 * never mixed.
 */
final class Terminal {
    /** Back to the beginning of the line, and everything in it gone. */
    private static final String OVER_IT = "\r\u001b[K";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean isWatched = isWatched();
    private boolean progressIsShown;

    Terminal(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** JDK 22 to 24 always had a console; JDK 25 has none where nobody watches, as before 22. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isWatched() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    synchronized void line(String line) {
        clearProgress();
        out.println(line);
    }

    /** A line that the next one takes the place of; nothing where nobody watches. */
    synchronized void progress(String line) {
        if (isWatched) {
            out.print(OVER_IT + line);
            out.flush();
            progressIsShown = true;
        }
    }

    private void clearProgress() {
        if (progressIsShown) {
            out.print(OVER_IT);
            progressIsShown = false;
        }
    }

    /** Why the ledger does not run. */
    synchronized void error(String line) {
        clearProgress();
        err.println("ledger: " + line);
    }

    /** What has failed, and under it the last lines of its log. */
    synchronized void failure(String line, List<String> logTail) {
        line(line);
        logTail.forEach(logged -> out.println("    | " + logged));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
