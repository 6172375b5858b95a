package com.tokaify.ledger.query.token;

import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.QueryOf;
import com.tokaify.ledger.service.problem.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tokens, as a list and one by one. */
@RestController
@RequestMapping("/v1/tokens")
class TokenController {
    private final TokenTable tokens;
    private final TokenList list;
    private final InstantSource clock;

    TokenController(TokenTable tokens, TokenList list, InstantSource clock) {
        this.tokens = tokens;
        this.list = list;
        this.clock = clock;
    }

    /** Lists tokens, newest first unless asked otherwise. Deleted ones are not shown. */
    @GetMapping
    @Problems({})
    TokenPage list(
            @RequestParam @QueryOf(TokenQuery.class) MultiValueMap<String, String> parameters) {
        return list.page(TokenQuery.parse(new QueryParameters(parameters)), clock.instant());
    }

    /** Shows a token. */
    @GetMapping("/{id}")
    @Problems({"TOKEN_NOT_FOUND", "TOKEN_DELETED"})
    ResponseEntity<TokenItem> show(
            @Parameter(schema = @Schema(implementation = TokenId.class)) @PathVariable String id,
            @RequestParam MultiValueMap<String, String> parameters) {
        new QueryParameters(parameters).allowOnly();
        TokenId tokenId = TokenId.parse(id);
        TokenTable.Found found =
                tokens.find(tokenId, clock.instant())
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "TOKEN_NOT_FOUND",
                                        "There is no token " + tokenId + "."));
        if (found.deleted()) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "TOKEN_DELETED",
                    "The token " + tokenId + " has been deleted.");
        }
        return ResponseEntity.ok().eTag("\"" + found.item().sequence() + "\"").body(found.item());
    }
}
