package com.tokaify.ledger.command;

import com.tokaify.ledger.command.bus.CommandSide;
import com.tokaify.ledger.command.bus.GroupCommitCommandBus;
import com.tokaify.ledger.command.bus.Ledger;
import com.tokaify.ledger.command.bus.LedgerGate;
import com.tokaify.ledger.command.due.DueScanner;
import com.tokaify.ledger.command.metrics.CommitTimer;
import com.tokaify.ledger.command.metrics.InstanceMetrics;
import com.tokaify.ledger.command.relay.Relay;
import com.tokaify.ledger.command.relay.RelayProgress;
import com.tokaify.ledger.command.seal.Seals;
import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.settings.KafkaSettings;
import com.tokaify.ledger.command.settings.LedgerSettings;
import com.tokaify.ledger.command.startup.LedgerHealth;
import com.tokaify.ledger.command.startup.RelayHealth;
import com.tokaify.ledger.command.startup.StartUp;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.command.store.Committer;
import com.tokaify.ledger.command.store.EventCompanion;
import com.tokaify.ledger.command.usage.UsageIntake;
import com.tokaify.ledger.service.ServiceKit;
import com.tokaify.ledger.service.trace.TracedRequests;
import com.tokaify.ledger.service.trace.Tracing;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts the service together, from the store up. Spring closes the beans in the opposite order:
 * first nobody starts anything, then the intake and the lanes finish, then the committer writes
 * what is left.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties({LedgerSettings.class, DatabaseSettings.class, KafkaSettings.class})
@Import({ServiceKit.class, TracedRequests.class})
public class CommandServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(CommandServiceApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    LedgerGate gate() {
        return new LedgerGate();
    }

    @Bean
    LedgerHealth ledgerHealthIndicator(LedgerGate gate) {
        return new LedgerHealth(gate);
    }

    @Bean
    RelayProgress relayProgress() {
        return new RelayProgress(System::nanoTime);
    }

    @Bean
    RelayHealth relayHealthIndicator(RelayProgress progress) {
        return new RelayHealth(progress);
    }

    /** Connections for reading, one for each lane at least. */
    @Bean
    HikariDataSource dataSource(DatabaseSettings database, LedgerSettings ledger) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(database.writer());
        pool.setPoolName("writer");
        pool.setMaximumPoolSize(ledger.lanesOrDefault() + 2);
        pool.setConnectionTimeout(5_000);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    @Bean
    Relay relay(
            DatabaseSettings database,
            KafkaSettings kafka,
            LedgerSettings ledger,
            LedgerGate gate,
            RelayProgress progress,
            Tracing tracing) {
        return new Relay(database.relay(), kafka, ledger.partitions(), gate, progress, tracing);
    }

    @Bean
    Committer committer(
            DatabaseSettings database, LedgerSettings ledger, Relay relay, MeterRegistry registry) {
        long[] heads = StoreSetup.prepare(database.owner(), ledger.partitions());
        StoreSetup.check(database.writer());
        return new Committer(database.writer(), heads, relay::wake, new CommitTimer(registry));
    }

    @Bean
    GroupCommitCommandBus commandBus(
            LedgerSettings ledger,
            JdbcClient jdbc,
            Committer committer,
            List<EventCompanion> companions,
            LedgerGate gate,
            Tracing tracing) {
        CommandSide.Sizes sizes =
                new CommandSide.Sizes(
                        ledger.lanesOrDefault(),
                        ledger.laneQueue(),
                        ledger.livingAggregates(),
                        ledger.snapshotEvery());
        return CommandSide.wire(
                ledger.partitioning(), jdbc, committer, companions, gate, sizes, tracing);
    }

    @Bean
    Ledger ledger(GroupCommitCommandBus bus) {
        return new Ledger(bus);
    }

    @Bean
    UsageIntake usageIntake(
            KafkaSettings kafka,
            LedgerSettings ledger,
            GroupCommitCommandBus bus,
            JdbcClient jdbc,
            Clock clock) {
        return new UsageIntake(kafka, ledger.partitioning(), bus, jdbc, clock);
    }

    @Bean
    InstanceMetrics instanceMetrics(
            LedgerGate gate,
            GroupCommitCommandBus bus,
            RelayProgress progress,
            UsageIntake intake) {
        return new InstanceMetrics(gate, bus, progress, intake);
    }

    @Bean
    DueScanner dueScanner(DatabaseSettings database, Ledger ledger, Clock clock) {
        return new DueScanner(database.writer(), ledger, clock);
    }

    @Bean(initMethod = "start")
    StartUp startUp(
            KafkaSettings kafka,
            DatabaseSettings database,
            LedgerSettings settings,
            LedgerGate gate,
            Ledger ledger,
            Relay relay,
            UsageIntake intake,
            DueScanner dueScanner,
            Seals seals,
            Clock clock) {
        return new StartUp(
                kafka,
                database,
                settings.partitioning(),
                gate,
                ledger,
                List.of(relay::start, intake::start, dueScanner::start, seals::start),
                clock);
    }
}
