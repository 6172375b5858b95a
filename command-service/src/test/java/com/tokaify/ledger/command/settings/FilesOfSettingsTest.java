package com.tokaify.ledger.command.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.InvalidField;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A variable that is not set is an empty text to Spring, and no file at all where one is read. */
class FilesOfSettingsTest {
    private static <T> T bound(Class<T> settings, String prefix, Map<String, String> values) {
        Map<String, String> all = new HashMap<>();
        values.forEach((name, value) -> all.put(prefix + "." + name, value));
        return new Binder(new MapConfigurationPropertySource(all)).bind(prefix, settings).get();
    }

    @Test
    void sealsAndVaultAreToldOfNoFileByAnEmptyName() {
        SealSettings seal =
                bound(
                        SealSettings.class,
                        "ledger.seal",
                        Map.of(
                                "origin", "log.example",
                                "key-file", "",
                                "verifier-key-file", "",
                                "every", "2s",
                                "streams", "1"));
        assertThat(seal.keyFile()).isEqualTo(Path.of(""));
        assertThat(seal.verifierKeyFile()).isEqualTo(Path.of(""));
        VaultSettings vault =
                bound(
                        VaultSettings.class,
                        "ledger.vault",
                        Map.of("key-file", "", "account-keys", "1", "reveals-per-minute", "1"));
        assertThat(vault.keyFile()).isEqualTo(Path.of(""));
    }

    @Test
    void withoutPepperThereIsNoStart() {
        Map<String, String> settings =
                Map.of(
                        "pepper-file", "",
                        "partitions", "1",
                        "lanes", "1",
                        "lane-queue", "1",
                        "living-aggregates", "1",
                        "snapshot-every", "1",
                        "idempotency-retention", "1d",
                        "api-url", "https://api.example");
        assertThatThrownBy(() -> bound(LedgerSettings.class, "ledger", settings))
                .rootCause()
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("LEDGER_PEPPER_FILE");
    }
}
