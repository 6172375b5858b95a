package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.local.ManagedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a child JVM takes.
 *
 * @param residentBytes of all memory, as the system sees it; empty where there is no {@code /proc}
 * @param liveBytes of objects on the heap that a full collection leaves
 */
record JvmMemory(String name, OptionalLong residentBytes, long liveBytes) {
    private static final String RESIDENT = "VmRSS:";
    private static final String TOTAL = "Total";
    private static final long KIB = 1_024;

    /** Asks the system first, since a collection changes what it sees. */
    static JvmMemory of(ManagedProcess process) throws IOException {
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

    /** From the class histogram, whose last line is the same whichever collector the JVM has. */
    private static long live(long pid) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader output = jcmd.inputReader()) {
            List<String> lines = output.readAllLines();
            String last = lines.isEmpty() ? "" : lines.getLast();
            if (!last.startsWith(TOTAL)) {
                throw new IOException("jcmd tells no heap of process " + pid + ": " + last);
            }
            String[] fields = last.strip().split("\\s+", -1);
            return Long.parseLong(fields[fields.length - 1]);
        }
    }
}
