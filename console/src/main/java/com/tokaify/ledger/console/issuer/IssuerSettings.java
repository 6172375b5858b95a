package com.tokaify.ledger.console.issuer;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The embedded issuer.
 *
 * @param audience of access tokens
 * @param tokenLife of access tokens, but those of the local client
 * @param signingKeyFile keys that sign tokens
 * @param signingKeyLife age at which a start adds a new one
 * @param firstOperatorPasswordFile password of the first operator, while there are no users
 * @param localClientSecretFile secret of the client that gets tokens of any role
 * @param watcherSecretFile secret of the client {@code watcher}, an auditor that is there from the
 *     start: what reads the metrics
 */
@ConfigurationProperties("ledger.issuer")
public record IssuerSettings(
        String audience,
        Duration tokenLife,
        @Nullable Path signingKeyFile,
        Duration signingKeyLife,
        @Nullable Path firstOperatorPasswordFile,
        @Nullable Path localClientSecretFile,
        @Nullable Path watcherSecretFile) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);

    public IssuerSettings {
        signingKeyFile = named(signingKeyFile);
        firstOperatorPasswordFile = named(firstOperatorPasswordFile);
        localClientSecretFile = named(localClientSecretFile);
        watcherSecretFile = named(watcherSecretFile);
        if (!signingKeyLife.isPositive()) {
            throw new IllegalArgumentException("LEDGER_SIGNING_KEY_LIFE must be positive");
        }
        if (tokenLife.compareTo(SHORTEST) <= 0) {
            throw new IllegalArgumentException(
                    "LEDGER_ACCESS_TOKEN_LIFE must be more than the minute in which a token is"
                            + " renewed before it expires");
        }
    }

    /** An empty variable names no file. */
    private static @Nullable Path named(@Nullable Path file) {
        return file == null || file.toString().isEmpty() ? null : file;
    }
}
