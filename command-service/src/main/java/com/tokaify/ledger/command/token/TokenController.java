package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.vault.Safe;
import com.tokaify.ledger.command.vault.SecretVault;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.command.web.Ids;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.Scope;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.Required;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Creates tokens over HTTP. */
@RestController
final class TokenController {
    private final Answers answers;
    private final CommandContexts contexts;
    private final Ids ids;
    private final Admissions admissions;
    private final SecretMint mint;
    private final SecretVault vault;
    private final ShownSecrets shown;

    TokenController(
            Answers answers,
            CommandContexts contexts,
            Ids ids,
            Admissions admissions,
            SecretMint mint,
            SecretVault vault,
            ShownSecrets shown) {
        this.answers = answers;
        this.contexts = contexts;
        this.ids = ids;
        this.admissions = admissions;
        this.mint = mint;
        this.vault = vault;
        this.shown = shown;
    }

    /**
     * Absent or null restrictions are none: unlimited, any model, any address, never.
     *
     * @param accountId whose it shall be; may be left out by who acts for one account
     */
    record CreateRequest(
            @Nullable AccountId accountId,
            @Required @Nullable String name,
            @Required @Nullable String group,
            @Nullable Long quotaLimit,
            @Nullable List<String> models,
            @Nullable List<String> ipAllowlist,
            @Nullable Instant expiresAt,
            @Nullable QuotaPeriod quotaPeriod,
            @Nullable List<ModelQuota> modelQuotas,
            @Nullable RateLimits rateLimits) {

        private AccountId owner(Scope scope) {
            if (accountId != null) {
                return accountId;
            }
            return switch (scope) {
                case Scope.OneAccount(AccountId own) -> own;
                case Scope.EveryAccount _ ->
                        throw new InvalidField(
                                "accountId", "must be given by who acts for all accounts");
            };
        }

        private TokenSettings settings() {
            return new TokenSettings(
                    FieldRules.name("name", name),
                    FieldRules.group("group", group),
                    quotaLimit,
                    models,
                    IpRange.parseAllowlist("ipAllowlist", ipAllowlist),
                    expiresAt,
                    quotaPeriod,
                    modelQuotas,
                    rateLimits);
        }
    }

    /**
     * Creates a token and shows its secret. A repetition shows the secret again, as long as that is
     * the token's.
     *
     * @return with the secret, which no other answer has but those of reveal and rotate
     */
    @PostMapping("/v1/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    @Problems({
        "ACCOUNT_NOT_FOUND",
        "ACCOUNT_SUSPENDED",
        "GROUP_NOT_FOUND",
        "MODEL_NOT_LISTED",
        "SECRET_IN_USE",
        "SECRET_GONE"
    })
    ResponseEntity<NewSecret> create(
            @RequestBody CreateRequest body, Access access, HttpServletRequest request) {
        TokenSecret secret = mint.mint();
        CreateToken command =
                new CreateToken(
                        ids.newTokenId(),
                        body.owner(access.scope()),
                        body.settings(),
                        mint.hash(secret),
                        secret.mask(),
                        null,
                        contexts.of(access, request));
        admissions.of(command);
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
}
