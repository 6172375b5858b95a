package com.tokaify.ledger.query.audit;

import com.tokaify.ledger.query.access.AskersDatabase;
import io.swagger.v3.oas.models.media.Schema;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
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
            AuditTable events, AskersDatabase views, ExportSettings settings, InstantSource clock) {
        TransactionTemplate readOnly =
                new TransactionTemplate(new JdbcTransactionManager(views.connections()));
        readOnly.setReadOnly(true);
        return new Exports(events, readOnly, settings, clock);
    }

    /** The event within an event is text here and an object to callers. */
    @Bean
    GlobalOpenApiCustomizer dataOfEventsIsAnObject() {
        return document -> {
            Schema<?> event = document.getComponents().getSchemas().get("AuditEvent");
            if (event != null) {
                Schema<?> data = Objects.requireNonNull(event.getProperties().get("data"));
                data.setTypes(Set.of("object"));
            }
        };
    }
}
