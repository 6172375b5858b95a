package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gets access tokens of a ledger on this machine, of any role: by the client {@code local}, whose
 * secret lies in the ledger's data folder. Whoever can read that folder could do worse.
 */
record LocalTokens(URI console, Path secretFile) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    /** Whether there is a ledger's secret to show. */
    boolean canAsk() {
        return Files.isReadable(secretFile);
    }

    /**
     * A token for an hour.
     *
     * @throws Refusal where there is no such role, or it needs an account
     * @throws IOException where the console does not give one
     */
    String get(String role, @Nullable String account) throws IOException, InterruptedException {
        String secret = Files.readString(secretFile).strip();
        String basic =
                Base64.getEncoder()
                        .encodeToString(("local:" + secret).getBytes(StandardCharsets.US_ASCII));
        String form =
                "grant_type=client_credentials&role="
                        + encoded(role)
                        + (account == null ? "" : "&account=" + encoded(account));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(console.resolve("/oauth2/token"))
                                    .timeout(LIMIT)
                                    .header("Authorization", "Basic " + basic)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(form))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            JsonNode answer = json(response);
            if (response.statusCode() == BAD_REQUEST) {
                throw new Refusal(answer.path("error_description").asString("no such token"));
            }
            if (response.statusCode() != OK) {
                throw new IOException("the console answers " + response.statusCode());
            }
            return answer.path("access_token").asString();
        }
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        try {
            return JsonMapper.shared().readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("the answer " + response.statusCode() + " is no JSON", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The file's name only. */
    @Override
    public String toString() {
        return console + " by " + secretFile;
    }
}
