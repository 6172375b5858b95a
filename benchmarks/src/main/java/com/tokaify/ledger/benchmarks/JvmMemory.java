package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.local.ManagedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a child JVM takes.
 *
 * @param residentBytes of all memory, as the system sees it; empty where there is no {@code /proc}
 * @param liveBytes of objects on the heap that a full collection leaves
 */
public record JvmMemory(String name, OptionalLong residentBytes, long liveBytes) {
    private static final String RESIDENT = "VmRSS:";
    private static final String TOTAL = "Total";
    private static final long KIB = 1_024;

    /** Asks the system first, since a collection changes what it sees. */
    public static JvmMemory of(ManagedProcess process) throws IOException {
        OptionalLong resident = resident(process.pid());
        return new JvmMemory(process.name(), resident, live(process.pid()));
    }

    private static OptionalLong resident(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        List<String> lines = Files.readAllLines(status);
        return lines.stream()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
                .mapToLong(kib -> Long.parseLong(kib) * KIB)
                .findFirst();
    }

    /** Bytes of objects a full collection of this JVM leaves. */
    public static long live() throws IOException {
        try {
            Object histogram =
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    "gcClassHistogram",
                                    new Object[] {new String[0]},
                                    new String[] {String[].class.getName()});
            return total(histogram.toString().lines().toList());
        } catch (JMException e) {
            throw new IOException("this JVM tells no heap", e);
        }
    }

    private static long live(long pid) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader output = jcmd.inputReader()) {
            return total(output.readAllLines());
        }
    }

    /** From the last line of a class histogram, the same whichever collector the JVM has. */
    private static long total(List<String> histogram) throws IOException {
        String last = histogram.isEmpty() ? "" : histogram.getLast();
        if (!last.startsWith(TOTAL)) {
            throw new IOException("a JVM tells no heap: " + last);
        }
        String[] fields = last.strip().split("\\s+", -1);
        return Long.parseLong(fields[fields.length - 1]);
    }
}
