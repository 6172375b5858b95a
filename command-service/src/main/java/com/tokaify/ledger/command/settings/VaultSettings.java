package com.tokaify.ledger.command.settings;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param keyFile the keys that encrypt the accounts' keys; made at the first start. Empty is none,
 *     and no secret can be kept or shown
 * @param accountKeys decrypted keys of accounts that are kept in memory
 * @param revealsPerMinute secrets that are shown to one actor
 */
@ConfigurationProperties("ledger.vault")
public record VaultSettings(Path keyFile, int accountKeys, int revealsPerMinute) {
    public VaultSettings {
        keyFile = LedgerSettings.named(keyFile);
        if (revealsPerMinute < 1) {
            throw new IllegalArgumentException("LEDGER_REVEALS_PER_MINUTE must be 1 at least");
        }
    }
}
