package com.tokaify.ledger.command.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param origin names the log, in its checkpoints and as its key; fixed for the life of a ledger
 * @param keyFile the key that signs; made at the first start. Empty is none, and nothing is sealed
 * @param verifierKeyFile where the key that verifies is written for everybody to read; empty is
 *     nowhere
 * @param every how often what is new is sealed; more than one seal holds is sealed at once
 * @param streams whose last leaves are kept in memory
 */
@ConfigurationProperties("ledger.seal")
public record SealSettings(
        String origin, Path keyFile, Path verifierKeyFile, Duration every, int streams) {
    private static final Pattern ORIGIN = Pattern.compile("[!-*,-~]{1,200}");

    public SealSettings {
        keyFile = LedgerSettings.named(keyFile);
        verifierKeyFile = LedgerSettings.named(verifierKeyFile);
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                    "LEDGER_SEAL_ORIGIN must have 1 to 200 printable characters, no space and no +");
        }
        if (!every.isPositive()) {
            throw new IllegalArgumentException("LEDGER_SEAL_EVERY must be positive");
        }
        if (streams < 1) {
            throw new IllegalArgumentException("LEDGER_SEAL_STREAMS must be 1 at least");
        }
    }
}
