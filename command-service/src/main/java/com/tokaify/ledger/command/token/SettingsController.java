package com.tokaify.ledger.command.token;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.decision.Change;
import com.tokaify.ledger.command.token.SettingsCommand.ChangeSettings;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.Required;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Changes of a token's settings over HTTP, as a merge patch. */
@RestController
final class SettingsController {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Answers answers;
    private final CommandContexts contexts;
    private final Admissions admissions;

    SettingsController(Answers answers, CommandContexts contexts, Admissions admissions) {
        this.answers = answers;
        this.contexts = contexts;
        this.admissions = admissions;
    }

    /** A field that is absent stays as it is; null takes a restriction away. */
    record ChangeRequest(
            @Required Change<String> name,
            @Required Change<String> group,
            Change<Long> quotaLimit,
            Change<List<String>> models,
            Change<List<String>> ipAllowlist,
            Change<Instant> expiresAt,
            Change<QuotaPeriod> quotaPeriod,
            Change<List<ModelQuota>> modelQuotas,
            Change<RateLimitsPatch> rateLimits) {

        private SettingsChange change() {
            return new SettingsChange(
                    name,
                    group,
                    quotaLimit,
                    models,
                    ipAllowlist.map(texts -> IpRange.parseAllowlist("ipAllowlist", texts)),
                    expiresAt,
                    quotaPeriod,
                    modelQuotas,
                    rateLimits);
        }
    }

    /** All settings, as they are now. */
    record Changed(TokenId tokenId, @JsonUnwrapped TokenSettings settings) {}

    /** Changes settings of a token: a merge patch, RFC 7396. */
    @Problems({
        "TOKEN_NOT_FOUND",
        "TOKEN_DELETED",
        "CHANGED_MEANWHILE",
        "GROUP_NOT_FOUND",
        "MODEL_NOT_LISTED"
    })
    @PatchMapping(
            path = "/v1/tokens/{tokenId}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    ResponseEntity<Changed> change(
            @PathVariable TokenId tokenId,
            @RequestBody ChangeRequest body,
            Access access,
            HttpServletRequest request) {
        ChangeSettings command =
                new ChangeSettings(tokenId, body.change(), contexts.conditional(access, request));
        admissions.of(command);
        Committed<TokenSettings> committed =
                answers.committed(request, command, TokenSettings.class);
        return Answers.answer(HttpStatus.OK, committed, new Changed(tokenId, committed.answer()));
    }
}
