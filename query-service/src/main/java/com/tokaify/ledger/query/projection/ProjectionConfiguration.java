package com.tokaify.ledger.query.projection;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the tail to whatever projections there are. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

    @Bean
    ViewPositions viewPositions(StreamSettings settings) {
        return new ViewPositions(settings.partitions());
    }

    @Bean
    ViewState viewState() {
        return new ViewState();
    }

    /** The name is the one health groups know it by. */
    @Bean
    ViewHealth view(ViewState state) {
        return new ViewHealth(state);
    }

    @Bean
    LedgerTail ledgerTail(
            StreamSettings settings,
            List<Projection> projections,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ViewPositions positions,
            ViewState state) {
        return new LedgerTail(
                new StreamConsumers(settings)::open,
                new ViewWriter(
                        projections,
                        new PositionTable(jdbc),
                        new TransactionTemplate(transactions),
                        settings.partitions()),
                positions,
                state,
                settings.retryPause());
    }
}
