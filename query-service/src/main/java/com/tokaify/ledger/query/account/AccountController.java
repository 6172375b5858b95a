package com.tokaify.ledger.query.account;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.access.Reach;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.past.AsOfQuery;
import com.tokaify.ledger.query.past.Past;
import com.tokaify.ledger.query.past.PastStates;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accounts, their balances, and what moved those. */
@RestController
@RequestMapping("/v1/accounts")
class AccountController {
    private final AccountTable accounts;
    private final AccountList list;
    private final StatementTable statements;
    private final PastStates<AccountId, AccountMoment> past;
    private final Reach reach;
    private final InstantSource clock;

    AccountController(
            AccountTable accounts,
            AccountList list,
            StatementTable statements,
            PastStates<AccountId, AccountMoment> past,
            Reach reach,
            InstantSource clock) {
        this.accounts = accounts;
        this.list = list;
        this.statements = statements;
        this.past = past;
        this.reach = reach;
        this.clock = clock;
    }

    /** Lists accounts with their balances, newest first unless asked otherwise. */
    @GetMapping
    @Problems({})
    AccountPage list(
            Access access,
            @RequestParam @QueryOf(AccountQuery.class) MultiValueMap<String, String> parameters) {
        return list.page(AccountQuery.parse(new QueryParameters(parameters)), access.scope());
    }

    /** Shows an account with its balance, now or at a moment of its past. */
    @GetMapping("/{id}")
    @Problems({"ACCOUNT_NOT_FOUND", "NOT_YET_CREATED", "HISTORY_NOT_KEPT"})
    AccountView show(
            Access access,
            @Parameter(schema = @Schema(implementation = AccountId.class)) @PathVariable String id,
            @RequestParam @QueryOf(AsOfQuery.class) MultiValueMap<String, String> parameters) {
        AsOf asOf = AsOfQuery.parse(new QueryParameters(parameters), clock.instant());
        AccountId accountId = AccountId.parse(id);
        reach.require(access, accountId);
        if (asOf != null) {
            Past.Known<AccountMoment> then =
                    past.at(accountId, asOf)
                            .orProblem("asOf", "account " + accountId, "ACCOUNT_NOT_FOUND");
            return AccountView.of(then.state().state(), then.state().totals(), then.at());
        }
        return found(accountId);
    }

    /**
     * Shows what moved an account's balance: credits and adjustments one by one, usage and refunds
     * by day.
     */
    @GetMapping("/{id}/statement")
    @Problems("ACCOUNT_NOT_FOUND")
    Statement statement(
            Access access,
            @Parameter(schema = @Schema(implementation = AccountId.class)) @PathVariable String id,
            @RequestParam @QueryOf(StatementParameters.class)
                    MultiValueMap<String, String> parameters) {
        StatementQuery query =
                StatementQuery.parse(new QueryParameters(parameters), clock.instant());
        AccountId accountId = AccountId.parse(id);
        reach.require(access, accountId);
        AccountView account = found(accountId);
        return statements.read(account.accountId(), query);
    }

    private AccountView found(AccountId accountId) {
        return accounts.find(accountId).orElseThrow(() -> Reach.noAccount(accountId));
    }
}
