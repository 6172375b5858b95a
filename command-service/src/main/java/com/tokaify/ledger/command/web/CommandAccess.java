package com.tokaify.ledger.command.web;

import static com.tokaify.ledger.service.access.Role.AUDITOR;
import static com.tokaify.ledger.service.access.Role.GATEWAY;
import static com.tokaify.ledger.service.access.Role.OPERATOR;
import static com.tokaify.ledger.service.access.Role.OWNER;

import com.tokaify.ledger.service.access.AccessRules;
import com.tokaify.ledger.service.access.ResourceServer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Who may give which commands. Owners, and gateways of one account, reach that account's tokens
 * only: not by this table, but where each token is read and decided on.
 */
@Configuration(proxyBeanMethods = false)
@Import(ResourceServer.class)
class CommandAccess {

    @Bean
    AccessRules accessRules() {
        return AccessRules.nobodyElse()
                .post("/v1/accounts", OPERATOR)
                .post("/v1/accounts/{accountId}/credits", OPERATOR)
                .post("/v1/accounts/{accountId}/adjustments", OPERATOR)
                .post("/v1/accounts/{accountId}/suspend", OPERATOR)
                .post("/v1/accounts/{accountId}/resume", OPERATOR)
                .put("/v1/groups/{name}", OPERATOR)
                .delete("/v1/groups/{name}", OPERATOR)
                .put("/v1/models/{*model}", OPERATOR)
                .delete("/v1/models/{*model}", OPERATOR)
                .put("/v1/catalog", OPERATOR)
                .post("/v1/tokens", OPERATOR, OWNER)
                .patch("/v1/tokens/{tokenId}", OPERATOR, OWNER)
                .delete("/v1/tokens/{tokenId}", OPERATOR, OWNER)
                .post("/v1/tokens/{tokenId}/enable", OPERATOR, OWNER)
                .post("/v1/tokens/{tokenId}/disable", OPERATOR, OWNER)
                .post("/v1/tokens/{tokenId}/reveal", OPERATOR, OWNER)
                .post("/v1/tokens/{tokenId}/rotate", OPERATOR, OWNER)
                .post("/v1/tokens/bulk", OPERATOR, OWNER)
                .post("/v1/tokens/import", OPERATOR)
                .post("/v1/tokens/{tokenId}/consumptions", OPERATOR, GATEWAY)
                .post("/v1/consumptions", OPERATOR, GATEWAY)
                .post("/v1/tokens/{tokenId}/refunds", OPERATOR, GATEWAY)
                .post("/v1/vault/rotations", OPERATOR)
                .get("/actuator/prometheus", OPERATOR, AUDITOR);
    }
}
