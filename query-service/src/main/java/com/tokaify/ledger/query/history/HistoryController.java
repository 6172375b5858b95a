package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.QueryOf;
import com.tokaify.ledger.service.problem.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happened to tokens and accounts. */
@RestController
class HistoryController {
    private final History history;

    HistoryController(History history) {
        this.history = history;
    }

    /**
     * Tells what happened to a token, when, by whom, and what it changed. Deleted ones keep their
     * history.
     */
    @GetMapping("/v1/tokens/{id}/history")
    @Problems("TOKEN_NOT_FOUND")
    HistoryPage ofToken(
            @Parameter(schema = @Schema(implementation = TokenId.class)) @PathVariable String id,
            @RequestParam @QueryOf(HistoryParameters.class)
                    MultiValueMap<String, String> parameters) {
        HistoryQuery query =
                HistoryParameters.parse(new QueryParameters(parameters), EventType.Family.TOKEN);
        return page(TokenId.parse(id), query, "TOKEN_NOT_FOUND", "token");
    }

    /**
     * Tells what happened to an account itself, when, by whom, and what it changed. What its tokens
     * consume is in their histories.
     */
    @GetMapping("/v1/accounts/{id}/history")
    @Problems("ACCOUNT_NOT_FOUND")
    HistoryPage ofAccount(
            @Parameter(schema = @Schema(implementation = AccountId.class)) @PathVariable String id,
            @RequestParam @QueryOf(HistoryParameters.class)
                    MultiValueMap<String, String> parameters) {
        HistoryQuery query =
                HistoryParameters.parse(new QueryParameters(parameters), EventType.Family.ACCOUNT);
        return page(AccountId.parse(id), query, "ACCOUNT_NOT_FOUND", "account");
    }

    private HistoryPage page(StreamId stream, HistoryQuery query, String notFound, String what) {
        return history.page(stream, query)
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                notFound,
                                "There is no %s %s.".formatted(what, stream)));
    }
}
