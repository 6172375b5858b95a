package com.tokaify.ledger.query.access;

import static com.tokaify.ledger.service.access.Role.AUDITOR;
import static com.tokaify.ledger.service.access.Role.OPERATOR;
import static com.tokaify.ledger.service.access.Role.OWNER;

import com.tokaify.ledger.query.token.TokenTable;
import com.tokaify.ledger.service.access.AccessRules;
import com.tokaify.ledger.service.access.AccessSettings;
import com.tokaify.ledger.service.access.ResourceServer;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may ask what, and through what everybody sees the views. */
@Configuration(proxyBeanMethods = false)
@Import(ResourceServer.class)
class AccessConfiguration {

    /**
     * An owner asks the same as an auditor and sees one account of it. Gateways ask enforcement and
     * nothing here.
     */
    @Bean
    AccessRules accessRules() {
        return AccessRules.nobodyElse()
                .get("/v1/tokens", OPERATOR, OWNER, AUDITOR)
                .get("/v1/tokens/{id}", OPERATOR, OWNER, AUDITOR)
                .get("/v1/tokens/{id}/history", OPERATOR, OWNER, AUDITOR)
                .get("/v1/tokens/{id}/usage", OPERATOR, OWNER, AUDITOR)
                .get("/v1/tokens/{id}/decision", OPERATOR, OWNER, AUDITOR)
                .get("/v1/accounts", OPERATOR, OWNER, AUDITOR)
                .get("/v1/accounts/{id}", OPERATOR, OWNER, AUDITOR)
                .get("/v1/accounts/{id}/history", OPERATOR, OWNER, AUDITOR)
                .get("/v1/accounts/{id}/usage", OPERATOR, OWNER, AUDITOR)
                .get("/v1/accounts/{id}/statement", OPERATOR, OWNER, AUDITOR)
                .get("/v1/audit/events", OPERATOR, OWNER, AUDITOR)
                .get("/v1/audit/export", OPERATOR, OWNER, AUDITOR)
                .get("/v1/live", OPERATOR, OWNER, AUDITOR)
                .get("/v1/names", OPERATOR, OWNER, AUDITOR)
                .get("/v1/groups", OPERATOR, OWNER, AUDITOR)
                .get("/v1/models", OPERATOR, OWNER, AUDITOR)
                .get("/v1/projections", OPERATOR, AUDITOR)
                .post("/v1/projections/{name}/rebuild", OPERATOR)
                // Hashes and signatures, which say nothing of anybody and are there to be kept by
                // all.
                .everybody("/v1/seals/checkpoint")
                .everybody("/v1/seals/key")
                .everybody("/v1/seals/tile/{level}/{*tile}")
                .get("/v1/seals/tile/entries/{*tile}", OPERATOR, AUDITOR)
                .get("/v1/seals/proofs/{eventId}", OPERATOR, OWNER, AUDITOR)
                .get("/actuator/prometheus", OPERATOR, AUDITOR);
    }

    @Bean
    Reach reach(TokenTable tokens) {
        return new Reach(tokens);
    }

    @Bean
    AskersDatabase askersDatabase(HikariDataSource views, AccessSettings settings) {
        return new AskersDatabase(new ScopedConnections(views, new Asker(settings)));
    }

    /** In the place of Spring's own, so that whoever answers a request stands before the wall. */
    @Bean
    JdbcClient jdbcClient(AskersDatabase views) {
        return JdbcClient.create(views.connections());
    }
}
