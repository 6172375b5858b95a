package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees who takes over a file of tokens, played against a service that listens. */
class ImportTokensTest {
    @TempDir private Path folder;
    private HttpServer server;
    private final List<String> requests = new ArrayList<>();
    private int status = 200;
    private String answer = "{}";
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void listen() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    requests.add(
                            exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Content-Type"));
                    assertThat(exchange.getRequestHeaders().getFirst("Authorization"))
                            .isEqualTo("Bearer token-of-the-test");
                    exchange.getRequestBody().readAllBytes();
                    byte[] bytes = answer.getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int run(String... arguments) throws Exception {
        PrintStream terminal = new PrintStream(printed, true, UTF_8);
        return ImportTokens.run(
                Arrays.asList(arguments),
                Map.of(
                        "LEDGER_COMMAND_PORT",
                        "" + server.getAddress().getPort(),
                        "LEDGER_ACCESS_TOKEN",
                        "token-of-the-test"),
                new Terminal(terminal, terminal));
    }

    private String file(int rows) throws Exception {
        return Files.writeString(folder.resolve("t.csv"), "id,key\n" + "1,a secret\n".repeat(rows))
                .toString();
    }

    /** Each row has a line, counted through all requests, and all together one more. */
    @Test
    void printsWhatBecameOfEachRow() throws Exception {
        answer =
                """
                {"imported":1,"alreadyImported":0,"refused":1,"items":[
                 {"row":1,"outcome":"imported","tokenId":"tok_1","mask":"sk-a**z","code":null,"field":null,"rule":null},
                 {"row":2,"outcome":"refused","tokenId":null,"mask":null,"code":"INVALID_REQUEST","field":"key","rule":"must be whole"}]}
                """;

        assertThat(run("import", file(1_002), "--account", "acc_1", "--group", "a&b")).isEqualTo(1);

        assertThat(requests)
                .hasSize(2)
                .containsOnly("/v1/tokens/import?accountId=acc_1&group=a%26b text/csv");
        assertThat(printed.toString(UTF_8).replaceAll(" +", " ").lines())
                .contains(
                        " 1 imported tok_1 sk-a**z",
                        " 2 refused INVALID_REQUEST key must be whole",
                        " 1001 imported tok_1 sk-a**z",
                        " 1002 refused INVALID_REQUEST key must be whole",
                        "2 imported, 0 already imported, 2 refused");
        assertThat(printed.toString(UTF_8)).doesNotContain("secret");
    }

    /** Where all went well, a script learns it by the exit code. */
    @Test
    void succeedsWhereNothingWasRefused() throws Exception {
        answer = "{\"imported\":2,\"alreadyImported\":1,\"refused\":0,\"items\":[]}";
        assertThat(run("import", "--account", "acc_1", file(3))).isZero();
        assertThat(printed.toString(UTF_8)).contains("2 imported, 1 already imported, 0 refused");
    }

    /** A service that says no is quoted; nothing more is sent. */
    @Test
    void saysWhyItStopped() throws Exception {
        status = 404;
        answer = "{\"code\":\"ACCOUNT_NOT_FOUND\",\"detail\":\"There is no account acc_1.\"}";
        assertThat(run("import", file(1_002), "--account", "acc_1")).isEqualTo(1);
        assertThat(requests).hasSize(1);
        assertThat(printed.toString(UTF_8))
                .contains("ACCOUNT_NOT_FOUND There is no account acc_1.")
                .contains("run it again");
    }

    /** A line that is not understood sends nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "import",
                "import t.csv",
                "import --account acc_1",
                "import t.csv --account",
                "import t.csv u.csv --account acc_1",
                "import t.csv --accont acc_1",
                "import none.csv --account acc_1"
            })
    void refusesWhatItDoesNotUnderstand(String line) throws Exception {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(requests).isEmpty();
        assertThat(printed.toString(UTF_8)).startsWith("ledger: ");
    }
}
