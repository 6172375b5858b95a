package com.tokaify.ledger.console;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the console is, and what it stands for.
 *
 * @param url where browsers find it, without a path; the embedded issuer is named so too
 * @param apiUrl address of the LLM API, told in snippets
 */
@ConfigurationProperties("ledger.console")
public record ConsoleSettings(URI url, URI apiUrl) {

    public ConsoleSettings {
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null || !url.getRawPath().isEmpty()) {
            throw new IllegalArgumentException(
                    "LEDGER_CONSOLE_URL must be http:// or https:// and a host, without a path or a"
                            + " slash at its end: "
                            + url);
        }
    }

    /** Whether browsers reach it over TLS, by whomever that is ended. */
    public boolean isSecure() {
        return "https".equals(url.getScheme());
    }
}
