package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.token.TokenCommand.DeleteToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenCommand.Enabled;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Switches tokens on and off over HTTP, and ends them. */
@RestController
@RequestMapping("/v1/tokens/{tokenId}")
final class SwitchController {
    private final Answers answers;
    private final CommandContexts contexts;

    SwitchController(Answers answers, CommandContexts contexts) {
        this.answers = answers;
        this.contexts = contexts;
    }

    record DisableRequest(@Nullable String reason) {}

    record Disabled(TokenId tokenId, boolean enabled) {}

    record Deleted(TokenId tokenId, boolean deleted) {}

    /** Lets a token be used again. Where it would be refused all the same, it is said why. */
    @PostMapping("/enable")
    @Problems({"TOKEN_NOT_FOUND", "TOKEN_DELETED", "CHANGED_MEANWHILE"})
    ResponseEntity<Enabled> enable(
            @PathVariable TokenId tokenId, Access access, HttpServletRequest request) {
        Committed<Enabled> committed =
                answers.committed(
                        request,
                        new EnableToken(tokenId, contexts.conditional(access, request)),
                        Enabled.class);
        return Answers.answer(HttpStatus.OK, committed, committed.answer());
    }

    /** Lets a token no longer be used, until it is enabled. */
    @PostMapping("/disable")
    @Problems({"TOKEN_NOT_FOUND", "TOKEN_DELETED", "CHANGED_MEANWHILE"})
    ResponseEntity<Disabled> disable(
            @PathVariable TokenId tokenId,
            @RequestBody(required = false) @Nullable DisableRequest body,
            Access access,
            HttpServletRequest request) {
        String reason = body == null ? null : body.reason();
        Committed<Done> committed =
                answers.committed(
                        request,
                        new DisableToken(tokenId, reason, contexts.conditional(access, request)),
                        Done.class);
        return Answers.answer(HttpStatus.OK, committed, new Disabled(tokenId, false));
    }

    /** Ends a token for good. */
    @DeleteMapping
    @Problems({"TOKEN_NOT_FOUND", "CHANGED_MEANWHILE"})
    ResponseEntity<Deleted> delete(
            @PathVariable TokenId tokenId, Access access, HttpServletRequest request) {
        Committed<Done> committed =
                answers.committed(
                        request,
                        new DeleteToken(tokenId, contexts.conditional(access, request)),
                        Done.class);
        return Answers.answer(HttpStatus.OK, committed, new Deleted(tokenId, true));
    }
}
