package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.LedgerPort.COMMAND;
import static com.tokaify.ledger.standalone.LedgerPort.QUERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tokaify.ledger.standalone.LedgerClient.Answer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes until what somebody did is seen elsewhere, before the real processes: one
 * caller does one thing after the other and asks until it is there. No test: on a machine with
 * other work its figures are those of the other work. docs/consistency.md has the command; not
 * asked for, it does nothing.
 */
class ConsistencyMeasurementIT {
    private static final String FILE = System.getProperty("ledger.measure.consistency", "");
    private static final int WARM = 200;
    private static final int TIMES = 300;
    private static final int SEALS = 20;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final double MILLIS = 1e6;

    @TempDir private Path folder;

    private final Map<String, List<Double>> millis = new LinkedHashMap<>();

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }

    @Test
    void oneCaller() throws Exception {
        assumeTrue(!FILE.isEmpty(), "nobody asked for figures");
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        try (RunningLedger ledger = new RunningLedger(folder.resolve("data"))) {
            LedgerClient client = ledger.client();
            Answer token = client.createToken(client.accountWith(1_000_000), "");
            for (int i = 0; i < WARM; i++) {
                once(client, token, i);
            }
            millis.clear();
            for (int i = WARM; i < WARM + TIMES; i++) {
                once(client, token, i);
            }
            for (int i = 0; i < SEALS; i++) {
                untilSealed(client, token.text("tokenId"), i);
            }
        }
        Files.writeString(Path.of(FILE), report(load));
    }

    private void once(LedgerClient client, Answer token, int i) throws Exception {
        String path = "/v1/tokens/" + token.text("tokenId");
        String secret = token.text("secret");
        long begin = System.nanoTime();
        Answer renamed = client.patch(COMMAND, path, "{\"name\":\"name-" + i + "\"}");
        add("a change was answered", begin);
        begin = System.nanoTime();
        assertThat(client.get(QUERY, path, renamed.position()).text("name")).isEqualTo("name-" + i);
        add("… and read back by its `Ledger-Position`, from its answer", begin);

        client.post(COMMAND, path + "/disable", "{}");
        begin = System.nanoTime();
        until(() -> !client.verify(secret, "").text("code").equals("OK"));
        add("a token that was switched off was refused, from the answer", begin);
        client.post(COMMAND, path + "/enable", "{}");
        begin = System.nanoTime();
        until(() -> client.verify(secret, "").text("code").equals("OK"));
        add("… and accepted again", begin);

        begin = System.nanoTime();
        assertThat(client.report(token.text("tokenId"), "usage-" + i, 1).status()).isEqualTo(202);
        add("usage was answered with 202", begin);
        begin = System.nanoTime();
        until(() -> client.get(QUERY, path).number("consumed") > i);
        add("… and was booked and in the view, from its answer", begin);
    }

    private void untilSealed(LedgerClient client, String token, int i) throws Exception {
        Answer renamed =
                client.patch(COMMAND, "/v1/tokens/" + token, "{\"name\":\"sealed-" + i + "\"}");
        String sequence =
                renamed.response().headers().firstValue("ETag").orElseThrow().replace("\"", "");
        long begin = System.nanoTime();
        until(() -> isProved(client, token + ":" + sequence));
        add("a change could be proved, from its answer", begin);
    }

    private static boolean isProved(LedgerClient client, String event) throws Exception {
        return client.status(QUERY, "/v1/seals/proofs/" + event) == 200;
    }

    private static void until(Condition condition) throws Exception {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new AssertionError("has not come about");
            }
        }
    }

    private void add(String what, long begin) {
        millis.computeIfAbsent(what, _ -> new ArrayList<>())
                .add((System.nanoTime() - begin) / MILLIS);
    }

    private String report(double load) {
        StringBuilder report = new StringBuilder();
        report.append(
                String.format(
                        Locale.ROOT,
                        "One caller on %d cores shared by everything; load average before: %.1f;"
                                + " %d times each, proofs %d times.%n%n",
                        Runtime.getRuntime().availableProcessors(),
                        load,
                        TIMES,
                        SEALS));
        report.append("| until … | p50 ms | p99 ms | longest |\n|---|---:|---:|---:|\n");
        millis.forEach((what, times) -> {
            List<Double> sorted = times.stream().sorted().toList();
            report.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %.0f | %.0f | %.0f |%n",
                            what,
                            sorted.get(sorted.size() / 2),
                            sorted.get((sorted.size() * 99 - 1) / 100),
                            sorted.getLast()));
        });
        return report.toString();
    }
}
