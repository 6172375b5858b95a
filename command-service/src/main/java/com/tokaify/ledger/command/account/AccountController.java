package com.tokaify.ledger.command.account;

import com.tokaify.ledger.command.account.AccountCommand.CreditBalance;
import com.tokaify.ledger.command.account.AccountCommand.Done;
import com.tokaify.ledger.command.account.AccountCommand.OpenAccount;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.command.web.Ids;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Commands on accounts over HTTP. */
@RestController
@RequestMapping("/v1/accounts")
final class AccountController {
    private final Answers answers;
    private final CommandContexts contexts;
    private final Ids ids;

    AccountController(Answers answers, CommandContexts contexts, Ids ids) {
        this.answers = answers;
        this.contexts = contexts;
        this.ids = ids;
    }

    record OpenRequest(@Nullable String name) {}

    record Opened(AccountId accountId, String name) {}

    /**
     * @param amount units, positive
     */
    record CreditRequest(@Nullable Long amount, @Nullable String reference) {}

    record Credited(AccountId accountId, long amount, String reference) {}

    @PostMapping
    ResponseEntity<Opened> open(@RequestBody OpenRequest body, HttpServletRequest request) {
        String name = FieldRules.name("name", body.name());
        OpenAccount command = new OpenAccount(ids.newAccountId(), name, contexts.of(request));
        Committed<Done> committed = answers.committed(command);
        return Answers.answer(HttpStatus.CREATED, committed, new Opened(command.accountId(), name));
    }

    @PostMapping("/{accountId}/credits")
    ResponseEntity<Credited> credit(
            @PathVariable AccountId accountId,
            @RequestBody CreditRequest body,
            HttpServletRequest request) {
        long amount = FieldRules.required("amount", body.amount());
        String reference = FieldRules.text("reference", body.reference(), 100);
        Committed<Done> committed =
                answers.committed(
                        new CreditBalance(accountId, amount, reference, contexts.of(request)));
        return Answers.answer(
                HttpStatus.CREATED, committed, new Credited(accountId, amount, reference));
    }
}
