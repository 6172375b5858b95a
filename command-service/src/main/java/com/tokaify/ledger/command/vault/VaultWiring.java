package com.tokaify.ledger.command.vault;

import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.settings.VaultSettings;
import com.tokaify.ledger.command.store.Committer;
import com.tokaify.ledger.command.store.EventCompanion;
import io.github.bucket4j.TimeMeter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the vault together. Another bean of type {@link KeyEncryption} in place of the key file is
 * all that a key management service needs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
class VaultWiring {
    private static final Logger LOG = LoggerFactory.getLogger(VaultWiring.class);

    @Bean
    VaultDatabase vaultDatabase(DatabaseSettings database) {
        return new VaultDatabase(database.vault());
    }

    @Bean
    KeyEncryption keyEncryption(VaultSettings settings, VaultDatabase database) {
        AccountKeyTable accountKeys = new AccountKeyTable(database.jdbc());
        return new KeyFile(
                settings.keyFile(), () -> database.inTransaction(() -> !accountKeys.any()));
    }

    /**
     * Without its keys the vault does not open, and everything else does.
     *
     * @param migrated is there once the vault's tables are
     */
    @Bean
    KeyInForce keyInForce(VaultDatabase database, KeyEncryption keys, Committer migrated) {
        KeyInForce inForce = new KeyInForce(database, keys);
        try {
            inForce.agree();
        } catch (VaultUnavailable e) {
            LOG.error("secrets can neither be kept nor shown: {}", e.getMessage(), e);
        }
        return inForce;
    }

    @Bean
    SecretVault secretVault(
            VaultDatabase database,
            KeyEncryption keys,
            KeyInForce inForce,
            VaultSettings settings) {
        return new SecretVault(
                database, new AccountKeys(database, keys, inForce, settings.accountKeys()));
    }

    @Bean
    RevealLimit revealLimit(VaultSettings settings) {
        return new RevealLimit(settings.revealsPerMinute(), TimeMeter.SYSTEM_NANOTIME);
    }

    @Bean
    EventCompanion secretsOfDeletedTokens() {
        return new DeletedTokens();
    }

    @Bean
    KeyRotation keyRotation(VaultDatabase database, KeyEncryption keys, KeyInForce inForce) {
        return new KeyRotation(database, keys, inForce);
    }

    @Bean
    VaultHealth vaultHealthIndicator(KeyEncryption keys, KeyInForce inForce) {
        return new VaultHealth(keys, inForce);
    }
}
