package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code ./ledger access-token} prints, of a real ledger, and where people sign in. */
@ExtendWith(SharedLedger.class)
class AccessTokenIT {
    private static final String ACCOUNT = "acc_01m83sn7z7exbbad962c652dg4";

    private record Printed(int exitCode, String out, String err) {}

    private static Printed run(RunningLedger ledger, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                AccessToken.class.getName(),
                                "access-token",
                                "--data",
                                ledger.data().toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        ledger.ports()
                .forEach((port, number) ->
                        builder.environment().put(port.variable(), number.toString()));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Printed(process.waitFor(), out, err);
    }

    /** The token alone, for a shell to take: of the role and account that were asked for. */
    @Test
    void printsATokenAndNothingElse(RunningLedger ledger) throws Exception {
        Printed printed = run(ledger, "--role", "owner", "--account", ACCOUNT);

        assertThat(printed.exitCode()).as(printed.err()).isZero();
        assertThat(printed.out()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\n");
        JsonNode claims =
                JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(claims(printed.out())));
        assertThat(claims.path("role").asString()).isEqualTo("owner");
        assertThat(claims.path("account").asString()).isEqualTo(ACCOUNT);
        assertThat(claims.path("iss").asString())
                .isEqualTo("http://127.0.0.1:" + ledger.ports().get(LedgerPort.CONSOLE));
    }

    /** The middle part of a token. */
    private static String claims(String token) {
        return token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    }

    /** A role that is none, or lacks its account, is refused in one line. */
    @Test
    void saysWhyThereIsNoToken(RunningLedger ledger) throws Exception {
        assertThat(run(ledger, "--role", "root").err())
                .contains("ledger: role must be operator, owner, auditor or gateway");
        Printed owner = run(ledger, "--role", "owner");
        assertThat(owner.exitCode()).isEqualTo(2);
        assertThat(owner.out()).isEmpty();
        assertThat(owner.err()).contains("accountId is required for an owner");
    }

    /** The console shows its sign-in page, and only the owner of the folder reads its secrets. */
    @Test
    void consoleIsUp(RunningLedger ledger) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> page =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + ledger.ports().get(LedgerPort.CONSOLE)
                                                            + "/sign-in"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("name=\"password\"");
        }
        for (String file :
                List.of(
                        "console",
                        "signing-keys.json",
                        "first-operator-password",
                        "local-client-secret")) {
            assertThat(Files.getPosixFilePermissions(ledger.data().resolve("credentials/" + file)))
                    .as(file)
                    .hasSize(2);
        }
    }
}
