package com.tokaify.ledger.query.decision;

import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.access.Reach;
import com.tokaify.ledger.query.history.History;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.QueryOf;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.InstantSource;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why a token was refused then, or was not. */
@RestController
class DecisionController {
    private final Decisions decisions;
    private final Reach reach;
    private final InstantSource clock;

    DecisionController(History history, Reach reach, InstantSource clock) {
        this.decisions = new Decisions(history);
        this.reach = reach;
        this.clock = clock;
    }

    /**
     * Tells how a call of a token was answered at an instant, by every check that is made, with the
     * events that made it so.
     */
    @GetMapping("/v1/tokens/{id}/decision")
    @Problems({"TOKEN_NOT_FOUND", "HISTORY_NOT_KEPT"})
    DecisionThen decision(
            Access access,
            @Parameter(schema = @Schema(implementation = TokenId.class)) @PathVariable String id,
            @RequestParam @QueryOf(DecisionParameters.class)
                    MultiValueMap<String, String> parameters) {
        DecisionParameters.Asked asked =
                DecisionParameters.parse(new QueryParameters(parameters), clock.instant());
        TokenId token = TokenId.parse(id);
        reach.require(access, token);
        return decisions.of(token, asked.at(), asked.check());
    }
}
