package com.tokaify.ledger.query.usage;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.access.Reach;
import com.tokaify.ledger.query.account.AccountTable;
import com.tokaify.ledger.query.token.TokenTable;
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

/** Usage over time, of tokens and of accounts. */
@RestController
class UsageController {
    private final TokenTable tokens;
    private final AccountTable accounts;
    private final UsageTable<TokenId> usageOfTokens;
    private final UsageTable<AccountId> usageOfAccounts;
    private final Reach reach;
    private final InstantSource clock;

    UsageController(
            TokenTable tokens,
            AccountTable accounts,
            UsageTable<TokenId> usageOfTokens,
            UsageTable<AccountId> usageOfAccounts,
            Reach reach,
            InstantSource clock) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.usageOfTokens = usageOfTokens;
        this.usageOfAccounts = usageOfAccounts;
        this.reach = reach;
        this.clock = clock;
    }

    /** Shows what a token has used, by hour or day. A deleted one too: it was used. */
    @GetMapping("/v1/tokens/{id}/usage")
    @Problems("TOKEN_NOT_FOUND")
    UsageOverTime ofToken(
            Access access,
            @Parameter(schema = @Schema(implementation = TokenId.class)) @PathVariable String id,
            @RequestParam @QueryOf(UsageParameters.class)
                    MultiValueMap<String, String> parameters) {
        UsageQuery query = UsageQuery.parse(new QueryParameters(parameters), clock.instant());
        TokenId tokenId = TokenId.parse(id);
        reach.require(access, tokenId);
        if (!tokens.exists(tokenId)) {
            throw Reach.noToken(tokenId);
        }
        return UsageOverTime.of(query, usageOfTokens.read(tokenId, query));
    }

    /** Shows what all tokens of an account have used, by hour or day. */
    @GetMapping("/v1/accounts/{id}/usage")
    @Problems("ACCOUNT_NOT_FOUND")
    UsageOverTime ofAccount(
            Access access,
            @Parameter(schema = @Schema(implementation = AccountId.class)) @PathVariable String id,
            @RequestParam @QueryOf(UsageParameters.class)
                    MultiValueMap<String, String> parameters) {
        UsageQuery query = UsageQuery.parse(new QueryParameters(parameters), clock.instant());
        AccountId accountId = AccountId.parse(id);
        reach.require(access, accountId);
        if (accounts.find(accountId).isEmpty()) {
            throw Reach.noAccount(accountId);
        }
        return UsageOverTime.of(query, usageOfAccounts.read(accountId, query));
    }
}
