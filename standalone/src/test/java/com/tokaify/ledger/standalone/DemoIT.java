package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.LedgerPort.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ledger demo} as a person starts it, against a real ledger. */
@ExtendWith(SharedLedger.class)
class DemoIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Pattern TOTAL =
            Pattern.compile(
                    "^(?<calls>[0-9,]+) calls in .*: (?<allowed>[0-9,]+) allowed, (?<refused>[0-9,]+) refused, (?<unanswered>[0-9,]+) unanswered$",
                    Pattern.MULTILINE);
    private static final Pattern REFUSAL =
            Pattern.compile("^  (?<code>[A-Z_]+) +(?<count>[0-9,]+)$", Pattern.MULTILINE);
    private static final Pattern ROW =
            Pattern.compile(
                    "^  .{18} (?<account>acc_\\w{26}) +(?<calls>[0-9,]+) +(?<allowed>[0-9,]+) +(?<refused>[0-9,]+) +(?<units>[0-9,]+) +(?<balance>-?[0-9,]+)  (?<books>.*)$",
                    Pattern.MULTILINE);

    @TempDir private Path temporary;

    private record Started(Process process, Path out) {
        String output() throws IOException {
            return Files.readString(out);
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }

    private Started start(RunningLedger ledger, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Demo.class.getName(),
                                "demo",
                                "--data",
                                ledger.data().toString()));
        command.addAll(List.of(options));
        Path out = temporary.resolve("demo.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        ledger.ports()
                .forEach((port, number) ->
                        builder.environment().put(port.variable(), number.toString()));
        return new Started(builder.start(), out);
    }

    /**
     * Every number of the table is one of the ledger's, and they add up: the demo proves the books,
     * so it must not be able to praise wrong ones.
     */
    @Test
    void tableIsWhatTheQueryApiSays(RunningLedger ledger) throws Exception {
        Started demo = start(ledger, "--rate", "30", "--minutes", "0.2");

        assertThat(demo.exitCode()).as(demo.output()).isZero();

        MatchResult total = found(TOTAL, demo.output()).getFirst();
        assertThat(number(total, "calls")).isEqualTo(360);
        assertThat(number(total, "unanswered")).isZero();
        assertThat(number(total, "allowed")).isPositive();
        List<MatchResult> refusals = found(REFUSAL, demo.output());
        assertThat(refusals)
                .extracting(refusal -> refusal.group("code"))
                .contains(
                        "ACCOUNT_SUSPENDED",
                        "IP_NOT_ALLOWED",
                        "MODEL_NOT_ALLOWED",
                        "TOKEN_DISABLED",
                        "TOKEN_NOT_FOUND");
        assertThat(refusals.stream().mapToLong(refusal -> number(refusal, "count")).sum())
                .isEqualTo(number(total, "refused"));

        List<MatchResult> rows = found(ROW, demo.output());
        assertThat(rows).hasSize(DemoAccount.values().length);
        for (String column : List.of("calls", "allowed", "refused")) {
            assertThat(rows.stream().mapToLong(row -> number(row, column)).sum())
                    .as(column)
                    .isEqualTo(number(total, column));
        }
        for (MatchResult row : rows) {
            Answer account = ledger.client().get(QUERY, "/v1/accounts/" + row.group("account"));
            assertThat(account.number("consumed")).isEqualTo(number(row, "units"));
            assertThat(account.number("balance")).isEqualTo(number(row, "balance"));
            assertThat(row.group("books")).isEqualTo("agree");
        }
        assertThat(demo.output()).contains("The books agree");
    }

    /** A day may be ended at any time, beside what earlier days have left; the table is printed. */
    @Test
    void endsWithTheTableWhenItIsStopped(RunningLedger ledger) throws Exception {
        Started demo = start(ledger, "--rate", "10", "--minutes", "60");
        Await.until(SOON, "the day has begun", () -> demo.output().contains("are open"));

        demo.process().destroy(); // SIGTERM, to the program the same as Ctrl-C

        demo.exitCode();
        assertThat(found(ROW, demo.output())).hasSize(DemoAccount.values().length);
        assertThat(demo.output()).contains("The books agree");
    }

    private static List<MatchResult> found(Pattern pattern, String output) {
        return pattern.matcher(output).results().toList();
    }

    private static long number(MatchResult match, String group) {
        return Long.parseLong(match.group(group).replace(",", ""));
    }
}
