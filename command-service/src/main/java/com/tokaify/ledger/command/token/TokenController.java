package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.account.AccountCommand.AdmitToken;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitToGroup;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.settings.LedgerSettings;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenCommand.Enabled;
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
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
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
    private final URI apiUrl;

    TokenController(
            Answers answers,
            CommandContexts contexts,
            Ids ids,
            SecretMint mint,
            LedgerSettings settings) {
        this.answers = answers;
        this.contexts = contexts;
        this.ids = ids;
        this.mint = mint;
        this.apiUrl = settings.apiUrl();
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

    /** Shows the secret; the only answer that does. */
    record Created(TokenId tokenId, String secret, String mask, String connectionString) {
        @Override
        public String toString() {
            return "Created[tokenId=" + tokenId + ", secret=[hidden], mask=" + mask + "]";
        }
    }

    record DisableRequest(@Nullable String reason) {}

    record Changed(TokenId tokenId, boolean enabled) {}

    @PostMapping
    ResponseEntity<Created> create(@RequestBody CreateRequest body, HttpServletRequest request) {
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
        Committed<Done> committed = answers.committed(command);
        Created created =
                new Created(
                        command.tokenId(),
                        secret.reveal(),
                        command.mask(),
                        ConnectionString.of(secret, apiUrl));
        ResponseEntity<Created> answer = Answers.answer(HttpStatus.CREATED, committed, created);
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .cacheControl(CacheControl.noStore())
                .body(created);
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
