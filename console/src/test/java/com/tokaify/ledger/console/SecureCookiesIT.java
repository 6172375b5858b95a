package com.tokaify.ledger.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console behind TLS tells browsers, whoever ends TLS. */
class SecureCookiesIT {
    @TempDir private Path folder;

    /** Cookies that no other host and no plain connection sees, and TLS from now on. */
    @Test
    void cookiesAreOfThisHostAndOfTlsOnly() throws Exception {
        try (RunningConsole console =
                        RunningConsole.start(
                                folder, Map.of("LEDGER_CONSOLE_URL", "https://ledger.example"));
                HttpClient http = HttpClient.newHttpClient()) {
            URI page = console.address().resolve("/sign-in");
            HttpResponse<String> form =
                    http.send(
                            HttpRequest.newBuilder(page).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(form.headers().firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=31536000");
            String csrf = onlyCookie(form, "XSRF-TOKEN");
            assertThat(csrf)
                    .contains("; Secure")
                    .contains("; SameSite=Lax")
                    .doesNotContain("Domain");

            String token = csrf.substring("XSRF-TOKEN=".length(), csrf.indexOf(';'));
            HttpResponse<String> signedIn =
                    http.send(
                            HttpRequest.newBuilder(page)
                                    .header("Cookie", "XSRF-TOKEN=" + token)
                                    .header("X-XSRF-TOKEN", token)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "name=operator&password="
                                                            + RunningConsole.OPERATOR_PASSWORD
                                                                    .replace(' ', '+')))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(signedIn.statusCode()).isEqualTo(302);
            assertThat(onlyCookie(signedIn, "__Host-ledger"))
                    .contains("; Secure")
                    .contains("; HttpOnly")
                    .contains("; Path=/")
                    .contains("; SameSite=Lax")
                    .doesNotContain("Domain");
        }
    }

    private static String onlyCookie(HttpResponse<String> response, String name) {
        List<String> cookies =
                response.headers().allValues("Set-Cookie").stream()
                        .filter(cookie -> cookie.startsWith(name + "="))
                        .toList();
        assertThat(cookies).as(name).isNotEmpty();
        return cookies.getLast();
    }
}
