package com.tokaify.ledger.enforcement.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageSpoolTest {
    private static final long ROOMY = 1 << 20;

    @TempDir private Path temporary;
    private Path folder;

    @BeforeEach
    void aFolderThatDoesNotExistYet() {
        folder = temporary.resolve("spool");
    }

    /** Whatever was acknowledged comes out again, in order, also by the next run. */
    @Test
    void whatWasAppendedComesOutInOrderAfterARestart() throws Exception {
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            spool.append(reports("a", "b"));
            spool.append(reports("c"));
        }
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            assertThat(spool.fill().reports()).isEqualTo(3);
            spool.append(reports("d"));
            assertThat(drain(spool)).containsExactly("a", "b", "c", "d");
        }
    }

    /** Reports are forwarded as they were reported. */
    @Test
    void aReportComesOutAsItWentIn() throws Exception {
        UsageReport full =
                new UsageReport(
                        TestLedger.token(7),
                        "\"quoted\\",
                        1_000_000_007,
                        "gpt-5",
                        TestLedger.NOW.plusNanos(123_456_000),
                        new Actor(Actor.Kind.GATEWAY, "edge-1"));
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            spool.append(List.of(full));
            UsageSpool.Batch batch = spool.next(1000, 1, TimeUnit.SECONDS);
            assertThat(Objects.requireNonNull(batch).reports()).containsExactly(full);
        }
    }

    /** A slow Kafka may be given less at a time; nothing is left out or comes twice. */
    @Test
    void batchesMayBeSmall() throws Exception {
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            spool.append(reports("a", "b"));
            spool.append(reports("c"));
            UsageSpool.Batch first = Objects.requireNonNull(spool.next(1, 1, TimeUnit.SECONDS));
            assertThat(first.reports()).hasSize(2);
            spool.forwarded(first);
            assertThat(spool.fill().reports()).isEqualTo(1);
            assertThat(drain(spool)).containsExactly("c");
        }
    }

    /** What Kafka has leaves the disk; what is only taken, but not forwarded, stays. */
    @Test
    void aFileGoesOnlyWhenKafkaHasIt() throws Exception {
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            spool.append(reports("a"));
            assertThat(spool.next(1000, 1, TimeUnit.SECONDS)).isNotNull();
        }
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            assertThat(drain(spool)).containsExactly("a");
            assertThat(spool.isEmpty()).isTrue();
            assertThat(files()).isEmpty();
            spool.append(reports("b"));
            assertThat(drain(spool)).containsExactly("b");
        }
    }

    /** At the bound usage is refused aloud, and there is room again once Kafka has the rest. */
    @Test
    void aFullSpoolRefuses() throws Exception {
        List<String> accepted = new ArrayList<>();
        try (UsageSpool spool = UsageSpool.open(folder, 2000)) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    spool.append(reports("u" + i));
                                    accepted.add("u" + i);
                                }
                            })
                    .isInstanceOf(UsageNotRecorded.class)
                    .hasMessageContaining("full");
            assertThat(spool.fill().bytes()).isLessThanOrEqualTo(2000);
            assertThat(accepted).hasSizeBetween(5, 20);
            assertThat(drain(spool)).isEqualTo(accepted);
            spool.append(reports("later"));
            assertThat(drain(spool)).containsExactly("later");
        }
    }

    /**
     * Wherever a crash cuts the last frame, all before it comes out, the rest was never
     * acknowledged, and nobody is alarmed.
     */
    @Test
    void aTornEndIsCutOffAtEveryByte() throws Exception {
        int whole;
        byte[] file;
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            spool.append(reports("a", "b"));
            whole = Math.toIntExact(spool.fill().bytes());
            spool.append(reports("c"));
        }
        Path segment = files().getFirst();
        file = Files.readAllBytes(segment);
        for (int cut = whole; cut <= file.length; cut++) {
            Files.write(segment, Arrays.copyOf(file, cut));
            try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
                spool.append(reports("d"));
                assertThat(drain(spool))
                        .as("cut at %d", cut)
                        .isEqualTo(
                                cut < file.length
                                        ? List.of("a", "b", "d")
                                        : List.of("a", "b", "c", "d"));
                assertThat(spool.fill().quarantinedFiles()).isZero();
                assertThat(files()).isEmpty();
            }
        }
    }

    /** After a loss of power the end may be zeros: that was never acknowledged either. */
    @Test
    void anEndOfZerosIsTorn() throws Exception {
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            spool.append(reports("a"));
        }
        Path segment = files().getFirst();
        byte[] file = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(file, file.length + 100));
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            assertThat(drain(spool)).containsExactly("a");
            assertThat(spool.fill().quarantinedFiles()).isZero();
        }
    }

    /**
     * Whichever byte of an acknowledged frame is damaged, the file is kept aside and counted, also
     * by the next run, and no report comes out other than as it went in.
     */
    @Test
    void damageIsKeptAsideAtEveryByte() throws Exception {
        int first;
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            spool.append(reports("a"));
            first = Math.toIntExact(spool.fill().bytes());
            spool.append(reports("b"));
            spool.append(reports("c"));
        }
        Path segment = files().getFirst();
        byte[] file = Files.readAllBytes(segment);
        for (int at = first; at < 2 * first; at++) {
            byte[] damaged = file.clone();
            damaged[at] ^= 0x10;
            Files.write(segment, damaged);
            boolean inHead = at < first + SpoolFrame.HEAD_BYTES;
            try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
                assertThat(drain(spool))
                        .as("damaged at %d", at)
                        .isEqualTo(inHead ? List.of("a") : List.of("a", "c"));
                assertThat(spool.fill().quarantinedFiles()).isEqualTo(1);
                assertThat(new SpoolHealthIndicator(spool).health().getStatus().getCode())
                        .isEqualTo("DOWN");
            }
            try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
                assertThat(spool.fill().quarantinedFiles()).isEqualTo(1);
                assertThat(drain(spool)).isEmpty();
            }
            Path aside = files().getFirst();
            assertThat(aside.getFileName().toString()).endsWith(".corrupt");
            assertThat(Files.readAllBytes(aside)).isEqualTo(damaged);
            Files.delete(aside);
        }
    }

    /** Many at a time, while a forwarder takes away: each acknowledged report comes out once. */
    @Test
    void concurrentAppendsAllComeOut() throws Exception {
        int threads = 8;
        int each = 50;
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY);
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> appends = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String prefix = "t" + t + "-";
                appends.add(
                        pool.submit(() -> {
                            for (int i = 0; i < each; i++) {
                                spool.append(reports(prefix + i));
                            }
                            return null;
                        }));
            }
            List<String> out = new ArrayList<>();
            Await.until(
                    Duration.ofSeconds(30),
                    "all came out",
                    () -> out.addAll(drain(spool)) || out.size() >= threads * each,
                    _ -> out.size() >= threads * each);
            for (Future<?> append : appends) {
                append.get();
            }
            assertThat(out).doesNotHaveDuplicates().hasSize(threads * each);
            assertThat(spool.isEmpty()).isTrue();
        }
    }

    /** Two instances in one folder would forward and delete each other's files. */
    @Test
    void aFolderBelongsToOneInstance() throws Exception {
        try (UsageSpool _ = UsageSpool.open(folder, ROOMY)) {
            assertThatThrownBy(() -> UsageSpool.open(folder, ROOMY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another instance");
        }
    }

    /** A disk that cannot be written refuses aloud, and goes on once it can. */
    @Test
    void aFolderThatIsGoneRefuses() throws Exception {
        try (UsageSpool spool = UsageSpool.open(folder, ROOMY)) {
            Files.delete(folder.resolve("lock"));
            Files.delete(folder);
            assertThatThrownBy(() -> spool.append(reports("a")))
                    .isInstanceOf(UsageNotRecorded.class)
                    .hasMessageContaining("cannot be written");
            assertThat(spool.isEmpty()).isTrue();
            Files.createDirectories(folder);
            spool.append(reports("b"));
            assertThat(drain(spool)).containsExactly("b");
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> !file.endsWith("lock")).sorted().toList();
        }
    }

    private static List<String> drain(UsageSpool spool) throws IOException, InterruptedException {
        List<String> out = new ArrayList<>();
        UsageSpool.Batch batch = spool.next(1000, 0, TimeUnit.SECONDS);
        while (batch != null) {
            batch.reports().forEach(report -> out.add(report.usageId()));
            spool.forwarded(batch);
            batch = spool.next(1000, 0, TimeUnit.SECONDS);
        }
        return out;
    }

    private static List<UsageReport> reports(String... usageIds) {
        return Stream.of(usageIds)
                .map(usageId ->
                        new UsageReport(
                                TestLedger.token(1),
                                usageId,
                                5,
                                null,
                                TestLedger.NOW,
                                new Actor(Actor.Kind.GATEWAY, "edge-1")))
                .toList();
    }
}
