package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.command.token.SecretCommand.RevealSecret;
import com.tokaify.ledger.command.token.SecretCommand.Revealed;
import com.tokaify.ledger.command.token.SecretCommand.RotateSecret;
import com.tokaify.ledger.command.token.SecretCommand.Rotated;
import com.tokaify.ledger.command.vault.RevealLimit;
import com.tokaify.ledger.command.vault.Safe;
import com.tokaify.ledger.command.vault.SecretVault;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.Required;
import com.tokaify.ledger.service.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Showing a token's secret again, and giving it another one. */
@RestController
@RequestMapping("/v1/tokens/{tokenId}")
final class SecretController {
    /** 30 days. */
    private static final long MAX_GRACE_SECONDS = 2_592_000;

    private final Answers answers;
    private final CommandContexts contexts;
    private final SecretMint mint;
    private final SecretVault vault;
    private final ShownSecrets shown;
    private final RevealLimit limit;
    private final EventTable events;

    SecretController(
            Answers answers,
            CommandContexts contexts,
            SecretMint mint,
            SecretVault vault,
            ShownSecrets shown,
            RevealLimit limit,
            JdbcClient jdbc) {
        this.answers = answers;
        this.contexts = contexts;
        this.mint = mint;
        this.vault = vault;
        this.shown = shown;
        this.limit = limit;
        this.events = new EventTable(jdbc);
    }

    /**
     * @param as one of {@link RevealedAs}
     */
    record RevealRequest(@Required @Nullable String as) {
        private RevealedAs how() {
            try {
                return RevealedAs.parse(FieldRules.required("as", as));
            } catch (InvalidField e) {
                throw new InvalidField("as", e.rule());
            }
        }
    }

    /**
     * @param graceSeconds how long the secret before is still accepted; absent is not at all
     */
    record RotateRequest(@Nullable Long graceSeconds) {}

    /**
     * Shows a token's secret again. First it is on record that the secret was shown, then it is.
     * Each time anew, also where a request is repeated.
     */
    @PostMapping("/reveal")
    @Problems({
        "TOKEN_NOT_FOUND",
        "TOKEN_DELETED",
        "CHANGED_MEANWHILE",
        "SECRET_NOT_RECOVERABLE",
        "SECRET_GONE",
        "SIGN_IN_AGAIN",
        "TOO_MANY_REVEALS"
    })
    ResponseEntity<RevealedSecret> reveal(
            @PathVariable TokenId tokenId,
            @RequestBody RevealRequest body,
            Access access,
            HttpServletRequest request) {
        RevealedAs how = body.how();
        CommandContext context = contexts.conditional(access, request);
        access.requireRecentSignIn(context.at());
        limit.count(context.actor());
        answers.claim(request, context);
        RevealSecret command = new RevealSecret(tokenId, how, vault.holds(tokenId), context);
        Committed<Revealed> committed = answers.committed(command);
        Revealed revealed = committed.answer();
        TokenSecret secret = shown.again(tokenId, revealed.version());
        return ShownSecrets.answer(HttpStatus.OK, committed, shown.revealed(revealed, how, secret));
    }

    /**
     * Gives a token another secret and shows it. A repetition shows the new secret again, as long
     * as that is the token's.
     */
    @PostMapping("/rotate")
    @Problems({
        "TOKEN_NOT_FOUND",
        "TOKEN_DELETED",
        "CHANGED_MEANWHILE",
        "SECRET_IN_USE",
        "SECRET_GONE",
        "SIGN_IN_AGAIN"
    })
    ResponseEntity<RotatedSecret> rotate(
            @PathVariable TokenId tokenId,
            @RequestBody(required = false) @Nullable RotateRequest body,
            Access access,
            HttpServletRequest request) {
        long grace = graceSeconds(body);
        CommandContext context = contexts.conditional(access, request);
        access.requireRecentSignIn(context.at());
        TokenSecret secret = mint.mint();
        RotateSecret command =
                new RotateSecret(
                        tokenId,
                        mint.hash(secret),
                        secret.mask(),
                        grace == 0 ? null : context.at().plusSeconds(grace),
                        context);
        // Whose token it is has to be known before; which of its secrets this is, nobody knows yet.
        Optional<Safe> safe = accountOf(tokenId).filter(access.scope()::covers).map(vault::safeOf);
        Committed<Rotated> committed =
                answers.committedWith(
                        request,
                        command,
                        Rotated.class,
                        rotated ->
                                List.of(
                                        safe.orElseThrow()
                                                .put(tokenId, rotated.version(), secret)));
        Rotated rotated = committed.answer();
        TokenSecret told = shown.again(tokenId, rotated.version());
        return ShownSecrets.answer(HttpStatus.OK, committed, shown.rotated(rotated, told));
    }

    private static long graceSeconds(@Nullable RotateRequest body) {
        Long given = body == null ? null : body.graceSeconds();
        long grace = given == null ? 0 : given;
        if (grace < 0 || grace > MAX_GRACE_SECONDS) {
            throw new InvalidField(
                    "graceSeconds", "must be 0 to " + MAX_GRACE_SECONDS + " seconds");
        }
        return grace;
    }

    /** Empty where there is no such token, which the command's refusal says best. */
    private Optional<AccountId> accountOf(TokenId tokenId) {
        return events.at(tokenId, 0)
                .map(first -> ((TokenCreated) EventCodec.decode(first).event()).accountId());
    }

    @ExceptionHandler
    ResponseEntity<Problem> tooMany(RevealLimit.Reached e) {
        return Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "TOO_MANY_REVEALS",
                        Objects.requireNonNull(e.getMessage()))
                .responseUntil(e.retryAfterSeconds());
    }
}
