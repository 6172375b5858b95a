package com.tokaify.ledger.benchmarks.audit;

import com.tokaify.ledger.audit.check.BooksCheck;
import com.tokaify.ledger.audit.check.PartitionCheck;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.Ledger;
import com.tokaify.ledger.audit.fold.StateDigest;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.source.AllPartitions;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.audit.source.KafkaSource;
import com.tokaify.ledger.audit.source.StoreSource;
import com.tokaify.ledger.benchmarks.Benchmark;
import com.tokaify.ledger.benchmarks.Comparison;
import com.tokaify.ledger.benchmarks.Contestant;
import com.tokaify.ledger.benchmarks.Contestant.Kind;
import com.tokaify.ledger.benchmarks.CpuClock;
import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.benchmarks.Load;
import com.tokaify.ledger.benchmarks.Machine;
import com.tokaify.ledger.benchmarks.Measurement;
import com.tokaify.ledger.benchmarks.Options;
import com.tokaify.ledger.benchmarks.Result;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.benchmarks.Skew;
import com.tokaify.ledger.benchmarks.TopicWriter;
import com.tokaify.ledger.benchmarks.project.Backlog;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.local.LocalKafka;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How fast the auditor replays a ledger from its store and from Kafka, all books checked, beside
 * merely reading the same bytes, in one run; and how long it takes to seal and to verify all of it.
 * Prints its report as Markdown; fails where a replay has findings, lacks events, or comes to
 * something else than the other.
 */
public final class AuditBenchmark {
    private static final String NAME = "./ledger bench audit";

    /** Events between two signs of life while they are written. */
    private static final int TOLD_EVERY = 1_000_000;

    private AuditBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return Benchmark.run(NAME, arguments, AuditBenchmark::measure, out, err);
    }

    /** Goes through all events once, and says how many there were. */
    @FunctionalInterface
    private interface Way {
        long read() throws Exception;
    }

    /** Folds a source and checks all its books; remembers what it came to last. */
    private static final class Replaying implements Way {
        private final Supplier<EventSource> source;
        private @Nullable Ledger ledger;
        private int readers;

        Replaying(Supplier<EventSource> source) {
            this.source = source;
        }

        @Override
        public long read() {
            ledger = null; // two of one ledger would be too much for a small heap
            try (EventSource events = source.get()) {
                long[] counts = new long[events.partitions()];
                readers = events.readers();
                ledger = replay(events, counts);
                return LongStream.of(counts).sum();
            }
        }

        /** And forgets it. */
        private String digest() {
            Ledger known = Objects.requireNonNull(ledger);
            ledger = null;
            return StateDigest.of(known);
        }

        /** How many partitions it has read at a time, once it has. */
        private int readers() {
            return readers;
        }
    }

    /** A way that is measured, and its rounds so far. */
    private record Contender(String name, Kind kind, Way way, List<Measurement> rounds) {
        private Contender(String name, Kind kind, Way way) {
            this(name, kind, way, new ArrayList<>());
        }

        private Measurement measure(int expected) throws Exception {
            Duration cpu = CpuClock.used();
            long start = System.nanoTime();
            long events = way.read();
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            if (events != expected) {
                throw new IllegalStateException(
                        "%s: %d of %d events".formatted(name, events, expected));
            }
            return new Measurement(
                    events,
                    events,
                    seconds,
                    Load.seconds(CpuClock.used().minus(cpu)),
                    Load.histogram());
        }

        private Result result() {
            return new Result(
                    new Contestant(
                            name,
                            Skew.ZIPF,
                            kind,
                            0,
                            (_, _) -> {
                                throw new IllegalStateException("was measured already");
                            }),
                    rounds);
        }
    }

    private static String measure(String command, Options options, Consumer<String> progress)
            throws Exception {
        Machine machine = Machine.here();
        try (Infrastructure infrastructure = Infrastructure.start()) {
            LocalKafka kafka = infrastructure.startKafka();
            LedgerStore store = infrastructure.newStore("ledger");
            progress.accept("writing " + options.events() + " events");
            Backlog backlog = write(options, infrastructure, store, kafka.bootstrap(), progress);
            store.settle();
            store.checkpoint();
            Replaying fromStore = new Replaying(() -> source(store));
            Replaying fromKafka = new Replaying(() -> KafkaSource.open(kafka.bootstrap()));
            List<Contender> ofStore =
                    List.of(
                            new Contender("replay from the store", Kind.PRODUCT, fromStore),
                            new Contender(
                                    "floor: COPY, rows thrown away",
                                    Kind.COPY_FLOOR,
                                    () -> Floors.copy(store, fromStore.readers())));
            List<Contender> ofKafka =
                    List.of(
                            new Contender("replay from Kafka", Kind.PRODUCT, fromKafka),
                            new Contender(
                                    "floor: records thrown away",
                                    Kind.READ_FLOOR,
                                    () -> Floors.consume(kafka.bootstrap(), fromKafka.readers())));
            List<Contender> all = new ArrayList<>(ofStore);
            all.addAll(ofKafka);
            for (int round = 0; round <= options.rounds(); round++) {
                for (Contender contender : all) {
                    Measurement measurement = contender.measure(backlog.events());
                    if (round > 0) {
                        contender.rounds().add(measurement);
                    }
                    progress.accept(
                            String.format(
                                    Locale.ROOT,
                                    "%s: %s: %,.0f events/s",
                                    round == 0
                                            ? "warming up"
                                            : "round " + round + " of " + options.rounds(),
                                    contender.name(),
                                    measurement.perSecond()));
                }
                if (round == 0) {
                    mustAgree(fromStore.digest(), fromKafka.digest());
                }
            }
            progress.accept("sealing");
            WholeLedger.Done sealed =
                    WholeLedger.seal(
                            infrastructure,
                            options.jar(Service.COMMAND),
                            store,
                            kafka,
                            backlog.events(),
                            progress);
            progress.accept("verifying");
            WholeLedger.Done verified =
                    WholeLedger.verify(infrastructure, store, kafka, backlog.events());
            return new AuditReport(
                            command,
                            machine.describe(infrastructure.postgresVersion()),
                            options,
                            backlog.events(),
                            backlog.tokens(),
                            fromStore.readers(),
                            fromKafka.readers(),
                            compared(Kind.COPY_FLOOR, ofStore),
                            compared(Kind.READ_FLOOR, ofKafka),
                            List.of(sealed, verified))
                    .toString();
        }
    }

    private static Comparison compared(Kind floor, List<Contender> contenders) {
        return new Comparison(List.of(floor), contenders.stream().map(Contender::result).toList());
    }

    /** The same events in the store and on Kafka. */
    private static Backlog write(
            Options options,
            Infrastructure infrastructure,
            LedgerStore store,
            String bootstrap,
            Consumer<String> progress)
            throws Exception {
        StoreSetup.prepare(store.settings().owner(), LedgerStore.PARTITIONS);
        try (Connection connection = store.settings().writer().getConnection();
                StoreWriter rows = new StoreWriter(connection);
                TopicWriter topic = TopicWriter.toNewTopic(bootstrap)) {
            int[] written = {0};
            Backlog backlog =
                    Backlog.tell(
                            options.events(),
                            options.tokens(),
                            Pepper.read(infrastructure.pepper()),
                            event -> {
                                rows.add(event);
                                topic.send(event);
                                if (++written[0] % TOLD_EVERY == 0) {
                                    progress.accept("written " + written[0]);
                                }
                            });
            rows.flush();
            topic.flush();
            return backlog;
        }
    }

    private static StoreSource source(LedgerStore store) {
        return StoreSource.open(() -> {
            try {
                return store.auditor();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** What events come to; the fold, and the books of {@code verify}. */
    private static Ledger replay(EventSource source, long[] counts) {
        Findings findings = new Findings();
        BooksCheck books = new BooksCheck();
        AllPartitions.read(
                source,
                partition -> {
                    PartitionCheck check = books.of(partition, findings);
                    return event -> {
                        check.see(event);
                        counts[partition]++;
                    };
                },
                Progress.UNSEEN);
        if (findings.count() > 0) {
            throw new IllegalStateException(
                    findings.count() + " findings, the first: " + findings.first().getFirst());
        }
        return books.ledger();
    }

    private static void mustAgree(String ofStore, String ofKafka) {
        if (!ofStore.equals(ofKafka)) {
            throw new IllegalStateException(
                    "the store comes to " + ofStore + ", Kafka to " + ofKafka);
        }
    }
}
