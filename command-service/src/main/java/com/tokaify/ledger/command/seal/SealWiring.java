package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.settings.KafkaSettings;
import com.tokaify.ledger.command.settings.LedgerSettings;
import com.tokaify.ledger.command.settings.SealSettings;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.command.store.Committer;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts sealing together; it is started once the ledger is open. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SealSettings.class)
class SealWiring {

    @Bean
    SealProgress sealProgress() {
        return new SealProgress(System::nanoTime);
    }

    @Bean
    SealerHealth sealerHealthIndicator(SealProgress progress, SealSettings settings) {
        return new SealerHealth(progress, settings.every());
    }

    @Bean
    SealMetrics sealMetrics(SealProgress progress) {
        return new SealMetrics(progress);
    }

    /**
     * A seal that could be lost after it was told would become another one.
     *
     * @param migrated is there once the tables of seals are
     */
    @Bean
    Seals seals(
            DatabaseSettings database,
            KafkaSettings kafka,
            LedgerSettings ledger,
            SealSettings settings,
            SealProgress progress,
            Clock clock,
            Committer migrated) {
        StoreSetup.check(database.sealer());
        return Seals.of(database.sealer(), kafka, ledger.partitions(), settings, progress, clock);
    }
}
