package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The auditor's jar, run as an auditor runs it. */
final class AuditorProgram {
    static final Path JAR = Path.of("target", "ledger", "services", "auditor.jar").toAbsolutePath();

    private AuditorProgram() {}

    record Told(int exitCode, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    /** With the ledger's addresses, password and key in its environment. */
    static Told on(RunningLedger ledger, String... arguments)
            throws IOException, InterruptedException {
        return run(environment(ledger), arguments);
    }

    /** What {@code ./ledger audit} tells it of a ledger. */
    static Map<String, String> environment(RunningLedger ledger) {
        String postgres =
                "jdbc:postgresql://127.0.0.1:" + ledger.ports().get(LedgerPort.POSTGRES) + "/";
        Path credentials = ledger.data().resolve("credentials");
        return Map.of(
                "LEDGER_DATABASE_URL",
                postgres + "ledger",
                "LEDGER_QUERY_DATABASE_URL",
                postgres + "query",
                "LEDGER_KAFKA_BOOTSTRAP",
                "127.0.0.1:" + ledger.ports().get(LedgerPort.KAFKA),
                "LEDGER_AUDITOR_PASSWORD_FILE",
                credentials.resolve("ledger_auditor").toString(),
                "LEDGER_SEAL_VERIFIER_KEY",
                credentials.resolve("seal-verifier-key").toString());
    }

    /** Knowing of no ledger. */
    static Told alone(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    private static Told run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-jar",
                                JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Told(process.waitFor(), out, err);
    }
}
