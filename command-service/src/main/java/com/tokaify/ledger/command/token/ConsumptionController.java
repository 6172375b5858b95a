package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.bus.CommandResult;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.bus.Ledger;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.command.web.CommandContexts;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.Required;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Strict consumption over HTTP: never above the cap, each usage id once. */
@RestController
final class ConsumptionController {
    private static final int MAX_ITEMS = 1_000;

    private final Answers answers;
    private final Ledger ledger;
    private final CommandContexts contexts;

    ConsumptionController(Answers answers, Ledger ledger, CommandContexts contexts) {
        this.answers = answers;
        this.ledger = ledger;
        this.contexts = contexts;
    }

    /**
     * @param amount units, positive
     */
    record ConsumeRequest(
            @Required @Nullable String usageId,
            @Required @Nullable Long amount,
            @Nullable String model) {}

    record Item(
            @Required @Nullable TokenId tokenId,
            @Required @Nullable String usageId,
            @Required @Nullable Long amount,
            @Nullable String model) {}

    /**
     * What became of one item: booked with a total, or refused with a code.
     *
     * @param remaining units left; null where the token is unlimited or the item was refused
     */
    record ItemResult(
            TokenId tokenId,
            String usageId,
            boolean booked,
            @Nullable Long total,
            @Nullable Long remaining,
            @Nullable Refusal code,
            @Nullable String detail) {}

    record Results(List<ItemResult> items) {}

    /** Books usage of a token, once for each usage id and never above the cap. */
    @PostMapping("/v1/tokens/{tokenId}/consumptions")
    @ResponseStatus(HttpStatus.CREATED)
    @Problems({
        "TOKEN_NOT_FOUND",
        "TOKEN_DELETED",
        "TOKEN_DISABLED",
        "TOKEN_EXPIRED",
        "CHANGED_MEANWHILE",
        "MODEL_MISSING",
        "MODEL_NOT_ALLOWED",
        "QUOTA_EXHAUSTED",
        "USAGE_ID_CONFLICT",
        "TOTAL_OVERFLOW"
    })
    ResponseEntity<Consumption> consume(
            @PathVariable TokenId tokenId,
            @RequestBody ConsumeRequest body,
            Access access,
            HttpServletRequest request) {
        ConsumeQuota command =
                new ConsumeQuota(
                        tokenId,
                        FieldRules.usageId("usageId", body.usageId()),
                        FieldRules.required("amount", body.amount()),
                        body.model(),
                        Booking.STRICT,
                        contexts.conditional(access, request));
        Committed<Consumption> committed = answers.committed(request, command, Consumption.class);
        return Answers.answer(HttpStatus.CREATED, committed, committed.answer());
    }

    /**
     * Books usage of many tokens. Every item is checked before any is booked; each is then booked
     * or refused on its own.
     */
    @PostMapping("/v1/consumptions")
    @Problems({})
    Results consumeMany(
            @RequestBody List<@Nullable Item> body, Access access, HttpServletRequest request) {
        if (body.isEmpty() || body.size() > MAX_ITEMS) {
            throw new InvalidField("body", "must have 1 to " + MAX_ITEMS + " items");
        }
        CommandContext context = contexts.of(access, request);
        List<ConsumeQuota> commands = new ArrayList<>(body.size());
        for (int i = 0; i < body.size(); i++) {
            commands.add(command("[" + i + "]", body.get(i), context));
        }
        answers.claim(request, context);
        List<CompletableFuture<CommandResult<Consumption>>> sent =
                commands.stream().map(ledger::send).toList();
        List<ItemResult> results = new ArrayList<>(body.size());
        for (int i = 0; i < sent.size(); i++) {
            results.add(result(commands.get(i), Answers.await(sent.get(i))));
        }
        return new Results(results);
    }

    private static ConsumeQuota command(String at, @Nullable Item item, CommandContext context) {
        Item given = FieldRules.required(at, item);
        return new ConsumeQuota(
                FieldRules.required(at + ".tokenId", given.tokenId()),
                FieldRules.usageId(at + ".usageId", given.usageId()),
                FieldRules.amount(
                        at + ".amount", FieldRules.required(at + ".amount", given.amount())),
                FieldRules.optionalModel(at + ".model", given.model()),
                Booking.STRICT,
                context);
    }

    private static ItemResult result(ConsumeQuota command, CommandResult<Consumption> result) {
        return switch (result) {
            case Committed<Consumption>(Consumption booked, _, _) ->
                    new ItemResult(
                            command.tokenId(),
                            command.usageId(),
                            true,
                            booked.total(),
                            booked.remaining(),
                            null,
                            null);
            case CommandResult.Refused<Consumption>(Refusal refusal, String detail) ->
                    new ItemResult(
                            command.tokenId(),
                            command.usageId(),
                            false,
                            null,
                            null,
                            refusal,
                            detail);
        };
    }
}
