package com.tokaify.ledger.query.account;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.problem.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accounts and their balances. */
@RestController
@RequestMapping("/v1/accounts")
class AccountController {
    private final AccountTable accounts;

    AccountController(AccountTable accounts) {
        this.accounts = accounts;
    }

    /** Shows an account with its balance. */
    @GetMapping("/{id}")
    @Problems("ACCOUNT_NOT_FOUND")
    AccountView show(
            @Parameter(schema = @Schema(implementation = AccountId.class)) @PathVariable String id,
            @RequestParam MultiValueMap<String, String> parameters) {
        new QueryParameters(parameters).allowOnly();
        AccountId accountId = AccountId.parse(id);
        return accounts.find(accountId)
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "ACCOUNT_NOT_FOUND",
                                "There is no account " + accountId + "."));
    }
}
