package com.tokaify.ledger.command.account;

import com.tokaify.ledger.command.account.AccountCommand.AdjustBalance;
import com.tokaify.ledger.command.account.AccountCommand.CreditBalance;
import com.tokaify.ledger.command.account.AccountCommand.Done;
import com.tokaify.ledger.command.account.AccountCommand.OpenAccount;
import com.tokaify.ledger.command.account.AccountCommand.ResumeAccount;
import com.tokaify.ledger.command.account.AccountCommand.SuspendAccount;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.command.web.Ids;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.AccountId;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
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

    record OpenRequest(@Required @Nullable String name) {}

    record Opened(AccountId accountId, String name) {}

    /**
     * @param amount units, positive
     * @param reference names the credit, e.g. an invoice; a credit is booked once for each
     */
    record CreditRequest(@Required @Nullable Long amount, @Required @Nullable String reference) {}

    record Credited(AccountId accountId, long amount, String reference) {}

    /** Opens an account. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Problems({})
    ResponseEntity<Opened> open(
            @RequestBody OpenRequest body, Access access, HttpServletRequest request) {
        String name = FieldRules.name("name", body.name());
        OpenAccount command =
                new OpenAccount(ids.newAccountId(), name, contexts.of(access, request));
        Committed<Done> committed = answers.committed(request, command, Done.class);
        return Answers.answer(
                HttpStatus.CREATED, committed, new Opened(committed.answer().accountId(), name));
    }

    /** Adds units to the balance of an account, once for each reference. */
    @PostMapping("/{accountId}/credits")
    @ResponseStatus(HttpStatus.CREATED)
    @Problems({"ACCOUNT_NOT_FOUND", "CHANGED_MEANWHILE", "REFERENCE_CONFLICT"})
    ResponseEntity<Credited> credit(
            @PathVariable AccountId accountId,
            @RequestBody CreditRequest body,
            Access access,
            HttpServletRequest request) {
        long amount = FieldRules.required("amount", body.amount());
        String reference = FieldRules.text("reference", body.reference(), 100);
        Committed<Done> committed =
                answers.committed(
                        request,
                        new CreditBalance(
                                accountId,
                                amount,
                                reference,
                                contexts.conditional(access, request)),
                        Done.class);
        return Answers.answer(
                HttpStatus.CREATED, committed, new Credited(accountId, amount, reference));
    }

    /**
     * @param amount units, added or taken by their sign
     */
    record AdjustRequest(@Required @Nullable Long amount, @Required @Nullable String reason) {}

    record Adjusted(AccountId accountId, long amount, String reason) {}

    record SuspendRequest(@Nullable String reason) {}

    record Standing(AccountId accountId, boolean suspended) {}

    /** Corrects the balance; safe to repeat only under an {@code Idempotency-Key}. */
    @PostMapping("/{accountId}/adjustments")
    @ResponseStatus(HttpStatus.CREATED)
    @Problems({"ACCOUNT_NOT_FOUND", "CHANGED_MEANWHILE"})
    ResponseEntity<Adjusted> adjust(
            @PathVariable AccountId accountId,
            @RequestBody AdjustRequest body,
            Access access,
            HttpServletRequest request) {
        long amount = FieldRules.required("amount", body.amount());
        String reason = FieldRules.text("reason", body.reason(), 200);
        Committed<Done> committed =
                answers.committed(
                        request,
                        new AdjustBalance(
                                accountId, amount, reason, contexts.conditional(access, request)),
                        Done.class);
        return Answers.answer(
                HttpStatus.CREATED, committed, new Adjusted(accountId, amount, reason));
    }

    /** Lets none of an account's tokens be used. */
    @PostMapping("/{accountId}/suspend")
    @Problems({"ACCOUNT_NOT_FOUND", "CHANGED_MEANWHILE"})
    ResponseEntity<Standing> suspend(
            @PathVariable AccountId accountId,
            @RequestBody(required = false) @Nullable SuspendRequest body,
            Access access,
            HttpServletRequest request) {
        String reason = body == null ? null : body.reason();
        Committed<Done> committed =
                answers.committed(
                        request,
                        new SuspendAccount(
                                accountId, reason, contexts.conditional(access, request)),
                        Done.class);
        return Answers.answer(HttpStatus.OK, committed, new Standing(accountId, true));
    }

    /** Lets the tokens of a suspended account be used again. */
    @PostMapping("/{accountId}/resume")
    @Problems({"ACCOUNT_NOT_FOUND", "CHANGED_MEANWHILE"})
    ResponseEntity<Standing> resume(
            @PathVariable AccountId accountId, Access access, HttpServletRequest request) {
        Committed<Done> committed =
                answers.committed(
                        request,
                        new ResumeAccount(accountId, contexts.conditional(access, request)),
                        Done.class);
        return Answers.answer(HttpStatus.OK, committed, new Standing(accountId, false));
    }
}
