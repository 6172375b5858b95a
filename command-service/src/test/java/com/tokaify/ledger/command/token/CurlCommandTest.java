package com.tokaify.ledger.command.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.secret.TokenSecret;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurlCommandTest {
    private static final TokenSecret SECRET = TokenSecret.generate(new SecureRandom());

    /** What is copied is what the API expects, whether or not its address ends with a slash. */
    @ParameterizedTest
    @ValueSource(strings = {"https://api.tokaify.com", "https://api.tokaify.com/"})
    void callsTheApiWithTheSecret(String apiUrl) {
        assertThat(CurlCommand.of(SECRET, URI.create(apiUrl), "gpt-4o"))
                .isEqualTo(
                        "curl 'https://api.tokaify.com/v1/chat/completions'"
                                + " -H 'Authorization: Bearer "
                                + SECRET.reveal()
                                + "' -H 'Content-Type: application/json'"
                                + " -d '{\"model\":\"gpt-4o\",\"messages\":"
                                + "[{\"role\":\"user\",\"content\":\"Hello\"}]}'");
    }

    /** A model's name may hold anything printable: the shell takes it as it is, and runs none. */
    @Test
    void aShellTakesEveryModelAsItIs() throws Exception {
        String model = "it's-\"$(exit)\"\\'`x`;";
        String pasted = CurlCommand.of(SECRET, URI.create("https://x.example"), model);
        Process shell =
                new ProcessBuilder("sh", "-c", "curl() { printf '%s\\n' \"$@\"; }; " + pasted)
                        .redirectErrorStream(true)
                        .start();
        assertThat(List.of(new String(shell.getInputStream().readAllBytes(), UTF_8).split("\n")))
                .contains(
                        "https://x.example/v1/chat/completions",
                        "Authorization: Bearer " + SECRET.reveal(),
                        "{\"model\":\"it's-\\\"$(exit)\\\"\\\\'`x`;\",\"messages\":"
                                + "[{\"role\":\"user\",\"content\":\"Hello\"}]}");
    }
}
