package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.access.Reach;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.QueryOf;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happened to tokens and accounts. */
@RestController
class HistoryController {
    private final History history;
    private final Reach reach;

    HistoryController(History history, Reach reach) {
        this.history = history;
        this.reach = reach;
    }

    /**
     * Tells what happened to a token, when, by whom, and what it changed. Deleted ones keep their
     * history.
     */
    @GetMapping("/v1/tokens/{id}/history")
    @Problems("TOKEN_NOT_FOUND")
    HistoryPage ofToken(
            Access access,
            @Parameter(schema = @Schema(implementation = TokenId.class)) @PathVariable String id,
            @RequestParam @QueryOf(HistoryParameters.class)
                    MultiValueMap<String, String> parameters) {
        HistoryQuery query =
                HistoryParameters.parse(new QueryParameters(parameters), EventType.Family.TOKEN);
        TokenId token = TokenId.parse(id);
        reach.require(access, token);
        return history.page(token, query).orElseThrow(() -> Reach.noToken(token));
    }

    /**
     * Tells what happened to an account itself, when, by whom, and what it changed. What its tokens
     * consume is in their histories.
     */
    @GetMapping("/v1/accounts/{id}/history")
    @Problems("ACCOUNT_NOT_FOUND")
    HistoryPage ofAccount(
            Access access,
            @Parameter(schema = @Schema(implementation = AccountId.class)) @PathVariable String id,
            @RequestParam @QueryOf(HistoryParameters.class)
                    MultiValueMap<String, String> parameters) {
        HistoryQuery query =
                HistoryParameters.parse(new QueryParameters(parameters), EventType.Family.ACCOUNT);
        AccountId account = AccountId.parse(id);
        reach.require(access, account);
        return history.page(account, query).orElseThrow(() -> Reach.noAccount(account));
    }
}
