package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.StartFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one child running: a thread of its own waits for the child's end and starts it again, after
 * a pause that grows while the child keeps failing, until it is given up. The others go on
 * meanwhile and reconnect by themselves: a dead service must not stop checks.
 *
 * <p>Start and stop are called once each, stop perhaps by another thread after start has returned
 * or failed.
 */
final class SupervisedChild {
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);
    private static final Duration PAUSE_MIN = Duration.ofMillis(500);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(15);

    /** A child that ran this long was well: its end is the first of a new row of failures. */
    private static final Duration WELL_AFTER = Duration.ofMinutes(1);

    /** About two minutes of trying, so that a database has the time to recover first. */
    private static final int FAILURES_MAX = 10;

    private final Child child;
    private final Terminal terminal;
    private volatile @Nullable ManagedProcess process;
    private volatile @Nullable Thread supervisor;

    SupervisedChild(Child child, Terminal terminal) {
        this.child = child;
        this.terminal = terminal;
    }

    String name() {
        return child.name();
    }

    String address() {
        return child.address();
    }

    /** Everywhere it answers, for people. */
    String addresses() {
        String other = child.otherAddress();
        return other.isEmpty() ? child.address() : child.address() + ", " + other;
    }

    /** Starts the child, waits until it is ready, and keeps it running from then on. */
    void start() throws IOException, InterruptedException {
        ManagedProcess first = startOnce();
        supervisor =
                Thread.ofPlatform()
                        .name(name() + "-supervisor")
                        .daemon()
                        .start(() -> keepRunning(first));
    }

    private ManagedProcess startOnce() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        ManagedProcess started = child.start();
        process = started;
        terminal.line(
                String.format(
                        "  %-20s ready at %s (%s)",
                        name(), address(), Terminal.seconds(Terminal.since(begin))));
        return started;
    }

    /** Runs on the supervisor thread until the ledger stops or the child is given up. */
    private void keepRunning(ManagedProcess first) {
        try {
            Optional<ManagedProcess> running = Optional.of(first);
            int failures = 0;
            while (running.isPresent()) {
                long begin = System.nanoTime();
                int exitCode = running.get().awaitExit();
                boolean wasWell = Terminal.since(begin).compareTo(WELL_AFTER) > 0;
                failures = wasWell ? 1 : failures + 1;
                terminal.line(
                        String.format(
                                "  %-20s ended with exit code %d, starting it again; its log is %s",
                                name(), exitCode, running.get().log()));
                running = Optional.empty();
                while (running.isEmpty() && failures < FAILURES_MAX) {
                    pause(failures);
                    running = tryStart();
                    failures += running.isEmpty() ? 1 : 0;
                }
            }
            terminal.line(
                    String.format(
                            "  %-20s given up after %d failures in a row; the others go on",
                            name(), failures));
        } catch (InterruptedException e) {
            // The ledger stops; so does this thread.
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(int failures) throws InterruptedException {
        long millis = PAUSE_MIN.toMillis() << (failures - 1);
        Thread.sleep(Math.min(millis, PAUSE_MAX.toMillis()));
    }

    private Optional<ManagedProcess> tryStart() throws InterruptedException {
        try {
            return Optional.of(startOnce());
        } catch (StartFailure e) {
            terminal.failure("  " + e.line(), e.logTail());
        } catch (IOException e) {
            terminal.line("  " + name() + " cannot be started: " + e);
        }
        return Optional.empty();
    }

    boolean isRunning() {
        ManagedProcess last = process;
        return last != null && last.isAlive();
    }

    /** Stops watching, and then the child. Nothing to do where it does not run. */
    void stop() throws InterruptedException {
        Thread watching = supervisor;
        if (watching != null) {
            watching.interrupt();
            watching.join();
        }
        ManagedProcess last = process;
        if (last == null || !last.isAlive()) {
            return;
        }
        long begin = System.nanoTime();
        try {
            String how = last.stop(STOP_GRACE) ? "stopped" : "did not stop and was killed";
            terminal.line(
                    String.format(
                            "  %-20s %s (%s)",
                            name(), how, Terminal.seconds(Terminal.since(begin))));
        } catch (IOException e) {
            terminal.line("  " + name() + " cannot be stopped: " + e);
        }
    }
}
