package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.token.UsageCommand.Refund;
import com.tokaify.ledger.command.token.UsageCommand.RefundUsage;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.Required;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Gives usage back over HTTP, each usage once. */
@RestController
final class RefundController {
    private final Answers answers;
    private final CommandContexts contexts;

    RefundController(Answers answers, CommandContexts contexts) {
        this.answers = answers;
        this.contexts = contexts;
    }

    /**
     * @param amount units, positive, no more than the usage cost
     */
    record RefundRequest(
            @Required @Nullable String usageId,
            @Required @Nullable Long amount,
            @Required @Nullable String reason) {}

    /** Gives a usage back, wholly or in part, once. */
    @PostMapping("/v1/tokens/{tokenId}/refunds")
    @ResponseStatus(HttpStatus.CREATED)
    @Problems({
        "TOKEN_NOT_FOUND",
        "CHANGED_MEANWHILE",
        "USAGE_NOT_FOUND",
        "REFUND_EXCEEDS_USAGE",
        "REFUND_CONFLICT"
    })
    ResponseEntity<Refund> refund(
            @PathVariable TokenId tokenId,
            @RequestBody RefundRequest body,
            Access access,
            HttpServletRequest request) {
        RefundUsage command =
                new RefundUsage(
                        tokenId,
                        FieldRules.usageId("usageId", body.usageId()),
                        FieldRules.required("amount", body.amount()),
                        FieldRules.text("reason", body.reason(), 200),
                        contexts.conditional(access, request));
        Committed<Refund> committed = answers.committed(request, command, Refund.class);
        return Answers.answer(HttpStatus.CREATED, committed, committed.answer());
    }
}
