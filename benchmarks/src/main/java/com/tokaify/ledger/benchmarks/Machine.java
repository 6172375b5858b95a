package com.tokaify.ledger.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What the figures were taken on.
 *
 * @param load processes that wanted a core, on average over a minute, before the benchmark began:
 *     anything but a small part of the cores makes the figures too low
 */
public record Machine(int cores, long memoryBytes, String system, String java, double load) {
    private static final double GIB = 1L << 30;

    public static Machine here() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                system.getAvailableProcessors(),
                system.getTotalMemorySize(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                system.getSystemLoadAverage());
    }

    /**
     * @param postgres the server's version
     */
    public String describe(String postgres) {
        return String.format(
                Locale.ROOT,
                "%d cores shared by everything, %.0f GiB, %s; JDK %s; PostgreSQL %s with fsync,"
                        + " synchronous_commit and full_page_writes on; load average before: %.1f",
                cores,
                memoryBytes / GIB,
                system,
                java,
                postgres,
                load);
    }
}
