package com.tokaify.ledger.query.token;

import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.access.Reach;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.past.AsOfQuery;
import com.tokaify.ledger.query.past.Past;
import com.tokaify.ledger.query.past.PastStates;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.QueryOf;
import com.tokaify.ledger.service.problem.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
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
    private final PastStates<TokenId, TokenState> past;
    private final Reach reach;
    private final InstantSource clock;

    TokenController(
            TokenTable tokens,
            TokenList list,
            PastStates<TokenId, TokenState> past,
            Reach reach,
            InstantSource clock) {
        this.tokens = tokens;
        this.list = list;
        this.past = past;
        this.reach = reach;
        this.clock = clock;
    }

    /** Lists tokens, newest first unless asked otherwise. Deleted ones are not shown. */
    @GetMapping
    @Problems({})
    TokenPage list(
            Access access,
            @RequestParam @QueryOf(TokenQuery.class) MultiValueMap<String, String> parameters) {
        return list.page(
                TokenQuery.parse(new QueryParameters(parameters)), access.scope(), clock.instant());
    }

    /**
     * Shows a token, now or at a moment of its past. A deleted one is shown as it was before that.
     */
    @GetMapping("/{id}")
    @Problems({"TOKEN_NOT_FOUND", "TOKEN_DELETED", "NOT_YET_CREATED", "HISTORY_NOT_KEPT"})
    ResponseEntity<TokenItem> show(
            Access access,
            @Parameter(schema = @Schema(implementation = TokenId.class)) @PathVariable String id,
            @RequestParam @QueryOf(AsOfQuery.class) MultiValueMap<String, String> parameters) {
        Instant now = clock.instant();
        AsOf asOf = AsOfQuery.parse(new QueryParameters(parameters), now);
        TokenId tokenId = TokenId.parse(id);
        reach.require(access, tokenId);
        TokenTable.Found found = asOf == null ? find(tokenId, now) : then(tokenId, asOf);
        if (found.deleted()) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "TOKEN_DELETED",
                    asOf == null
                            ? "The token " + tokenId + " has been deleted."
                            : "The token " + tokenId + " had been deleted by then.");
        }
        return ResponseEntity.ok().eTag("\"" + found.item().sequence() + "\"").body(found.item());
    }

    private TokenTable.Found find(TokenId tokenId, Instant now) {
        return tokens.find(tokenId, now).orElseThrow(() -> Reach.noToken(tokenId));
    }

    private TokenTable.Found then(TokenId tokenId, AsOf asOf) {
        Past.Known<TokenState> then =
                past.at(tokenId, asOf).orProblem("asOf", "token " + tokenId, "TOKEN_NOT_FOUND");
        return new TokenTable.Found(
                TokenItem.then(then.state(), then.at()), then.state().standing().deleted());
    }
}
