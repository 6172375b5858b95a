package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.service.trace.Tracing;
import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the tail, and rebuilds, to whatever projections there are. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {
    /** One for each projection while they are filled side by side, and one for queries. */
    private static final int FEWEST_CONNECTIONS = 4;

    @Bean
    ViewPositions viewPositions(StreamSettings settings) {
        return new ViewPositions(settings.partitions());
    }

    @Bean
    ViewState viewState() {
        return new ViewState();
    }

    @Bean
    StreamProgress streamProgress(StreamSettings settings) {
        return new StreamProgress(settings.partitions(), System::nanoTime);
    }

    /** The name is the one health groups know it by. */
    @Bean
    ViewHealth view(ViewState state) {
        return new ViewHealth(state);
    }

    @Bean
    ViewMetrics viewMetrics(StreamProgress progress, ViewState state) {
        return new ViewMetrics(progress, state);
    }

    @Bean
    LedgerTail ledgerTail(
            StreamSettings settings,
            ViewSet views,
            HikariDataSource source,
            ViewPositions positions,
            ViewState state,
            StreamProgress progress,
            Tracing tracing) {
        if (source.getMaximumPoolSize() < FEWEST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "spring.datasource.hikari.maximum-pool-size must be at least "
                            + FEWEST_CONNECTIONS);
        }
        return new LedgerTail(
                "ledger-tail",
                new StreamConsumers(settings, "ledger-query")::open,
                ViewWriter.over(source, views, settings.partitions()),
                positions,
                state,
                progress,
                settings,
                tracing);
    }

    @Bean
    Rebuild rebuild(
            HikariDataSource source,
            Flyway flyway,
            ViewSet views,
            StreamSettings settings,
            InstantSource clock) {
        return new Rebuild(source, flyway, views, settings, clock);
    }

    @Bean
    ProjectionReport projectionReport(
            HikariDataSource source,
            ViewSet views,
            ViewPositions positions,
            ViewState state,
            StreamProgress progress,
            Rebuild rebuild) {
        return ProjectionReport.over(source, views, positions, state, progress, rebuild);
    }
}
