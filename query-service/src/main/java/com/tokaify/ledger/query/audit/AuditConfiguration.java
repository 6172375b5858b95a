package com.tokaify.ledger.query.audit;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what auditors ask to the events there are. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    AuditTable auditTable(JdbcClient jdbc) {
        return new AuditTable(jdbc);
    }

    @Bean
    Exports exports(
            AuditTable events,
            PlatformTransactionManager transactions,
            ExportSettings settings,
            InstantSource clock) {
        TransactionTemplate readOnly = new TransactionTemplate(transactions);
        readOnly.setReadOnly(true);
        return new Exports(events, readOnly, settings, clock);
    }
}
