package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Main class of {@code ./ledger demo}: plays a day of traffic against a running ledger, through the
 * same doors that gateways use, and holds what they were told against the query side. Every run
 * opens accounts of its own, so that it may be run again at any time; Ctrl-C ends the day early,
 * and the table is printed all the same. Exits with 1 where the books do not agree, with 2 where
 * nothing was done.
 *
 * <p>One thread keeps the pace; each call is a virtual thread of its own, and no more of them are
 * under way than {@value #AT_ONCE}: where the ledger is slower than asked for, the day just takes
 * longer.
 */
public final class Demo {
    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final int AT_ONCE = 256;
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration LAST_WORDS = Duration.ofMinutes(2);
    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("MMM d HH:mm:ss", Locale.ENGLISH);

    /** The same day at every run, as far as the ledger answers alike. */
    private static final long SEED = 20_261_130;

    private final Terminal terminal;
    private final DemoDay day;
    private final DemoCaller caller;
    private final DemoTally tally = new DemoTally();
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final CountDownLatch stop;

    private Demo(Terminal terminal, DemoDay day, DemoCaller caller, CountDownLatch stop) {
        this.terminal = terminal;
        this.day = day;
        this.caller = caller;
        this.stop = stop;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Terminal terminal = new Terminal(System.out, System.err);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> endTheDay(stop, ended), "end-the-day"));
        int exitCode;
        try {
            exitCode = run(List.of(arguments), System.getenv(), terminal, stop);
        } finally {
            ended.countDown();
        }
        System.exit(exitCode);
    }

    private static void endTheDay(CountDownLatch stop, CountDownLatch ended) {
        stop.countDown();
        try {
            var _ = ended.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int run(
            List<String> arguments,
            Map<String, String> environment,
            Terminal terminal,
            CountDownLatch stop)
            throws InterruptedException {
        try {
            DemoOptions options =
                    DemoOptions.parse(
                            arguments, Path.of(System.getProperty("ledger.data", "data")));
            Addresses addresses = Addresses.from(environment);
            DemoDay day = new DemoDay(options.rate(), options.length());
            try (DemoCaller caller = DemoCaller.of(addresses, options.data())) {
                terminal.line(
                        String.format(
                                Locale.ROOT,
                                "A day of %,d calls in %s. Watch it at %s",
                                day.calls(),
                                Terminal.seconds(options.length()),
                                LedgerChildren.consoleUrl(environment, addresses)));
                return new Demo(terminal, day, caller, stop).play();
            }
        } catch (Refusal e) {
            terminal.error(e.line());
            return REFUSED;
        } catch (IOException e) {
            terminal.error("the demo ended early: " + e.getMessage() + "; does the ledger run?");
            return FAILED;
        }
    }

    private int play() throws IOException, InterruptedException {
        String run = LocalDateTime.now(ZoneId.systemDefault()).format(RUN);
        DemoCast cast = DemoCast.open(caller, day, run);
        cast.awaitKnown(caller);
        terminal.line(
                "%d accounts with %d tokens are open, named after %s"
                        .formatted(DemoAccount.values().length, cast.members().size(), run));
        long begin = System.nanoTime();
        letThemCall(cast, begin);
        Duration played = Terminal.since(begin);
        DemoBooks books = DemoBooks.await(caller, cast, tally);
        DemoTable.of(tally, cast, books, played).forEach(terminal::line);
        return books.agree() ? 0 : FAILED;
    }

    /** Until the day is over or stopped, and every call that was begun has ended. */
    private void letThemCall(DemoCast cast, long begin) throws InterruptedException {
        DemoTraffic traffic = new DemoTraffic(cast.members(), "demo-" + begin, new Random(SEED));
        DemoGateway gateway = new DemoGateway(caller, tally);
        Queue<DemoHappening> happenings = new ArrayDeque<>(DemoHappening.ALL);
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            long made = 0;
            double part = 0;
            while (part < 1 && !stop.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                part = day.part(Terminal.since(begin));
                for (long due = day.callsUntil(part); made < due; made++) {
                    DemoCall call = traffic.next();
                    room.acquire();
                    calls.execute(() -> make(gateway, call));
                }
                DemoHappening next = happenings.peek();
                if (next != null && next.part() <= part) {
                    happenings.remove();
                    happen(next, cast);
                }
                terminal.progress(DemoTable.progress(part, tally, Terminal.since(begin)));
            }
        }
    }

    private void make(DemoGateway gateway, DemoCall call) {
        try {
            gateway.take(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            room.release();
        }
    }

    /** The day goes on also where the ledger does not take it. */
    private void happen(DemoHappening happening, DemoCast cast) throws InterruptedException {
        String clock = "  " + DemoDay.clock(happening.part()) + "  ";
        try {
            happening.deed().happen(caller, cast);
            terminal.line(clock + happening.what());
        } catch (IOException e) {
            terminal.line(clock + happening.what() + ", but " + e.getMessage());
        }
    }
}
