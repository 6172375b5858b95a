package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.account.AccountCommand.AdmitToken;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitToGroup;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenCommand.Enabled;
import com.tokaify.ledger.command.vault.Safe;
import com.tokaify.ledger.command.vault.SecretVault;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.command.web.Ids;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.TokenSecret;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Commands on tokens over HTTP. */
@RestController
@RequestMapping("/v1/tokens")
final class TokenController {
    private final Answers answers;
    private final CommandContexts contexts;
    private final Ids ids;
    private final SecretMint mint;
    private final SecretVault vault;
    private final ShownSecrets shown;

    TokenController(
            Answers answers,
            CommandContexts contexts,
            Ids ids,
            SecretMint mint,
            SecretVault vault,
            ShownSecrets shown) {
        this.answers = answers;
        this.contexts = contexts;
        this.ids = ids;
        this.mint = mint;
        this.vault = vault;
        this.shown = shown;
    }

    /** Absent or null restrictions are none: unlimited, any model, any address, never. */
    record CreateRequest(
            @Nullable AccountId accountId,
            @Nullable String name,
            @Nullable String group,
            @Nullable Long quotaLimit,
            @Nullable List<String> models,
            @Nullable List<String> ipAllowlist,
            @Nullable Instant expiresAt) {

        private Restrictions restrictions() {
            return new Restrictions(
                    quotaLimit,
                    models,
                    IpRange.parseAllowlist("ipAllowlist", ipAllowlist),
                    expiresAt);
        }
    }

    record DisableRequest(@Nullable String reason) {}

    record Changed(TokenId tokenId, boolean enabled) {}

    /**
     * Its repetition shows the secret again, as long as that is the token's.
     *
     * @return with the secret, which no other answer has but those of reveal and rotate
     */
    @PostMapping
    ResponseEntity<NewSecret> create(@RequestBody CreateRequest body, HttpServletRequest request) {
        CommandContext context = contexts.of(request);
        TokenSecret secret = mint.mint();
        CreateToken command =
                new CreateToken(
                        ids.newTokenId(),
                        FieldRules.required("accountId", body.accountId()),
                        FieldRules.name("name", body.name()),
                        FieldRules.group("group", body.group()),
                        body.restrictions(),
                        mint.hash(secret),
                        secret.mask(),
                        context);
        answers.committed(new AdmitToken(command.accountId(), context));
        answers.committed(new AdmitToGroup(command.settings().group(), context));
        SideWrite keep =
                vault.safeOf(command.accountId())
                        .put(command.tokenId(), Safe.FIRST_VERSION, secret);
        Committed<Done> committed = answers.committed(request, command, Done.class, keep);
        TokenId created = committed.answer().tokenId();
        TokenSecret told =
                created.equals(command.tokenId())
                        ? secret
                        : shown.again(created, Safe.FIRST_VERSION);
        return ShownSecrets.answer(HttpStatus.CREATED, committed, shown.created(created, told));
    }

    @PostMapping("/{tokenId}/enable")
    ResponseEntity<Enabled> enable(@PathVariable TokenId tokenId, HttpServletRequest request) {
        Committed<Enabled> committed =
                answers.committed(new EnableToken(tokenId, contexts.of(request)));
        return Answers.answer(HttpStatus.OK, committed, committed.answer());
    }

    @PostMapping("/{tokenId}/disable")
    ResponseEntity<Changed> disable(
            @PathVariable TokenId tokenId,
            @RequestBody(required = false) @Nullable DisableRequest body,
            HttpServletRequest request) {
        String reason = body == null ? null : body.reason();
        Committed<Done> committed =
                answers.committed(new DisableToken(tokenId, reason, contexts.of(request)));
        return Answers.answer(HttpStatus.OK, committed, new Changed(tokenId, false));
    }
}
