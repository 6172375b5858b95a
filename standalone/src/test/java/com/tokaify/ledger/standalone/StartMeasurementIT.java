package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.ManagedProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long services take from their start until they are ready, from their jars and from what an
 * earlier run has prepared ({@link ServiceJar}), in turn. No test: on a machine with other work its
 * figures are those of the other work. docs/performance.md has the command; not asked for, it does
 * nothing.
 */
class StartMeasurementIT {
    private static final String FILE = System.getProperty("ledger.measure.start", "");
    private static final int ROUNDS =
            Integer.parseInt(System.getProperty("ledger.measure.rounds", "5"));
    private static final Path SERVICES = Path.of("target", "ledger", "services").toAbsolutePath();
    private static final Duration GRACE = Duration.ofSeconds(45);
    private static final double NANOS = 1e9;

    @TempDir private Path folder;

    /**
     * What was measured of one service, or of all at once.
     *
     * @param processor seconds of processor until then
     */
    private record Start(double seconds, double processor) {}

    /** Starts of the same thing both ways, round by round. */
    private record Pair(List<Start> fromJar, List<Start> fromCache) {
        Pair() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public String toString() {
            return seconds(fromJar) + " | " + seconds(fromCache) + " | " + processor();
        }

        private static String seconds(List<Start> starts) {
            List<Double> sorted = starts.stream().map(Start::seconds).sorted().toList();
            return String.format(
                    Locale.ROOT,
                    "%.1f | %.1f – %.1f",
                    median(sorted),
                    sorted.getFirst(),
                    sorted.getLast());
        }

        private String processor() {
            return String.format(
                    Locale.ROOT,
                    "%.1f | %.1f",
                    median(fromJar.stream().map(Start::processor).sorted().toList()),
                    median(fromCache.stream().map(Start::processor).sorted().toList()));
        }

        private static double median(List<Double> sorted) {
            return sorted.get(sorted.size() / 2);
        }
    }

    @Test
    void services() throws Exception {
        assumeTrue(!FILE.isEmpty(), "nobody asked for figures");
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        LocalFolder home = LocalFolder.at(folder.resolve("data"));
        List<List<Child>> stages =
                LedgerChildren.of(
                        Map.of(),
                        new Addresses(InetAddress.getLoopbackAddress(), UpProcess.freePorts()),
                        home,
                        Credentials.in(home),
                        SERVICES);
        List<ManagedProcess> infrastructure = new ArrayList<>();
        try {
            for (Child child : stages.getFirst()) {
                infrastructure.add(child.start());
            }
            Files.writeString(Path.of(FILE), report(load, measure(stages.getLast())));
        } finally {
            for (ManagedProcess process : infrastructure.reversed()) {
                process.stop(GRACE);
            }
        }
    }

    private Map<String, Pair> measure(List<Child> fromJar) throws Exception {
        List<Child> fromCache = fromJar.stream().map(this::prepared).toList();
        // The first start of all makes schemas, topics and keys, and brings the jars into memory.
        startAll(fromJar);
        for (Child child : fromCache) {
            child.prepareNextStart();
        }
        startAll(fromCache);
        Map<String, Pair> measured = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < fromJar.size(); i++) {
                Pair pair = measured.computeIfAbsent(fromJar.get(i).name(), _ -> new Pair());
                pair.fromJar().add(startAll(fromJar.subList(i, i + 1)));
                pair.fromCache().add(startAll(fromCache.subList(i, i + 1)));
            }
            Pair all = measured.computeIfAbsent("all four at once", _ -> new Pair());
            all.fromJar().add(startAll(fromJar));
            all.fromCache().add(startAll(fromCache));
        }
        return measured;
    }

    private Child prepared(Child child) {
        ServiceChild service = (ServiceChild) child;
        return new ServiceChild(
                service.name(),
                new ServiceJar(service.jar().jar(), folder.resolve("caches")),
                service.port(),
                service.heap(),
                service.environment(),
                service.addresses(),
                service.folder());
    }

    /** Starts some at once, waits until all are ready, and stops them. */
    private static Start startAll(List<Child> children) throws Exception {
        List<ManagedProcess> started = new ArrayList<>();
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ManagedProcess>> starts = new ArrayList<>();
            children.forEach(child -> starts.add(child::start));
            long begin = System.nanoTime();
            List<Future<ManagedProcess>> ready = starters.invokeAll(starts);
            double seconds = (System.nanoTime() - begin) / NANOS;
            ready.stream()
                    .filter(each -> each.state() == Future.State.SUCCESS)
                    .map(Future::resultNow)
                    .forEach(started::add);
            assertThat(started).hasSameSizeAs(children);
            return new Start(
                    seconds, started.stream().mapToDouble(StartMeasurementIT::processor).sum());
        } finally {
            for (ManagedProcess process : started) {
                stop(process);
            }
        }
    }

    private static void stop(ManagedProcess process) throws IOException, InterruptedException {
        if (!process.stop(GRACE)) {
            throw new IllegalStateException(process.name() + " did not end when it was asked to");
        }
    }

    private static double processor(ManagedProcess process) {
        return ProcessHandle.of(process.pid())
                        .flatMap(handle -> handle.info().totalCpuDuration())
                        .orElseThrow()
                        .toNanos()
                / NANOS;
    }

    private static String report(double load, Map<String, Pair> measured) {
        StringBuilder report = new StringBuilder();
        report.append(
                String.format(
                        Locale.ROOT,
                        "JDK %s on %d cores shared by everything; load average before: %.1f;"
                                + " median and range of %d starts each, in turn.%n%n",
                        Runtime.version(),
                        Runtime.getRuntime().availableProcessors(),
                        load,
                        ROUNDS));
        report.append(
                "| ready after s | from its jar | range | from the cache | range"
                        + " | s of processor: jar | cache |\n|---|---:|---:|---:|---:|---:|---:|\n");
        measured.forEach((name, pair) ->
                report.append("| ").append(name).append(" | ").append(pair).append(" |\n"));
        return report.toString();
    }
}
