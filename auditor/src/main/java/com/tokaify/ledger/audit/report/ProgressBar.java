package com.tokaify.ledger.audit.report;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * One line on a terminal that is written over a few times a second by whichever thread comes by:
 * {@code replaying the event store [#####...............] 27 % 2.7 of 10.0 M, 840 k/s, 9 s left}.
 */
final class ProgressBar implements Progress {
    private static final long EVERY_NANOS = Duration.ofMillis(200).toNanos();
    private static final int WIDTH = 20;

    private final PrintWriter terminal;
    private final String what;
    private final long total;
    private final long began = System.nanoTime();
    private final LongAdder done = new LongAdder();
    private final AtomicLong drawn = new AtomicLong(began);
    private int widest;

    ProgressBar(PrintWriter terminal, String what, long total) {
        this.terminal = terminal;
        this.what = what;
        this.total = Math.max(1, total);
    }

    @Override
    public void add(long events) {
        done.add(events);
        long now = System.nanoTime();
        long last = drawn.get();
        if (now - last >= EVERY_NANOS && drawn.compareAndSet(last, now)) {
            draw(line(what, done.sum(), total, Duration.ofNanos(now - began)));
        }
    }

    @Override
    public void close() {
        draw("");
    }

    static String line(String what, long done, long total, Duration passed) {
        double share = Math.min(1, (double) done / total);
        int full = (int) (share * WIDTH);
        double perSecond = done / Math.max(0.001, passed.toMillis() / 1000.0);
        double left = perSecond == 0 ? 0 : (total - Math.min(done, total)) / perSecond;
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %d %%  %.1f of %.1f M, %.0f k/s, %.0f s left",
                what,
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                (int) (share * 100),
                done / 1e6,
                total / 1e6,
                perSecond / 1e3,
                left);
    }

    private synchronized void draw(String line) {
        widest = Math.max(widest, line.length());
        terminal.print("\r" + line + " ".repeat(widest - line.length()) + "\r");
        terminal.flush();
    }
}
