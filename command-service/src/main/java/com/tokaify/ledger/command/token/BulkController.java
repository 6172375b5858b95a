package com.tokaify.ledger.command.token;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.command.bus.CommandResult;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.bus.Ledger;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.TokenCommand.DeleteToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenCommand.Enabled;
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
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Does the same to many tokens over HTTP. */
@RestController
final class BulkController {
    private static final int MAX_IDS = 1_000;

    private final Answers answers;
    private final Ledger ledger;
    private final CommandContexts contexts;

    BulkController(Answers answers, Ledger ledger, CommandContexts contexts) {
        this.answers = answers;
        this.ledger = ledger;
        this.contexts = contexts;
    }

    /** What can be done to many tokens. */
    enum Action {
        ENABLE,
        DISABLE,
        DELETE;

        @JsonCreator
        static Action parse(String text) {
            for (Action action : values()) {
                if (action.text().equals(text)) {
                    return action;
                }
            }
            throw new InvalidField("action", "must be enable, disable or delete");
        }

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param reason of disabling
     */
    record BulkRequest(
            @Required @Nullable Action action,
            @Required @Nullable List<@Nullable TokenId> ids,
            @Nullable String reason) {}

    /**
     * What became of one token.
     *
     * @param stillRefused why a token that was enabled may not be used all the same
     * @param code why it was not done
     */
    record ItemResult(
            TokenId tokenId,
            boolean done,
            @Nullable Refusal stillRefused,
            @Nullable Refusal code,
            @Nullable String detail) {}

    record Results(List<ItemResult> items) {}

    /**
     * Enables, disables or deletes many tokens. Everything is checked before any of it is done;
     * then each token stands for itself.
     */
    @PostMapping("/v1/tokens/bulk")
    @Problems({})
    Results bulk(@RequestBody BulkRequest body, Access access, HttpServletRequest request) {
        CommandContext context = contexts.of(access, request);
        Action action = FieldRules.required("action", body.action());
        List<TokenId> ids = ids(body);
        String reason = FieldRules.optionalText("reason", body.reason(), 200);
        if (reason != null && action != Action.DISABLE) {
            throw new InvalidField("reason", "is for disabling only");
        }
        answers.claim(request, context);
        List<Supplier<ItemResult>> sent =
                ids.stream()
                        .map(id ->
                                switch (action) {
                                    case ENABLE ->
                                            send(
                                                    id,
                                                    new EnableToken(id, context),
                                                    Enabled::stillRefused);
                                    case DISABLE ->
                                            send(
                                                    id,
                                                    new DisableToken(id, reason, context),
                                                    _ -> null);
                                    case DELETE ->
                                            send(id, new DeleteToken(id, context), _ -> null);
                                })
                        .toList();
        return new Results(sent.stream().map(Supplier::get).toList());
    }

    private static List<TokenId> ids(BulkRequest body) {
        List<@Nullable TokenId> given = FieldRules.required("ids", body.ids());
        if (given.isEmpty() || given.size() > MAX_IDS) {
            throw new InvalidField("ids", "must have 1 to " + MAX_IDS + " tokens");
        }
        List<TokenId> ids = new ArrayList<>(given.size());
        for (int i = 0; i < given.size(); i++) {
            ids.add(FieldRules.required("ids[" + i + "]", given.get(i)));
        }
        return ids;
    }

    /**
     * @return waits for what became of it
     */
    private <A> Supplier<ItemResult> send(
            TokenId id, LedgerCommand<A> command, Function<A, @Nullable Refusal> stillRefused) {
        var result = ledger.send(command);
        return () ->
                switch (Answers.await(result)) {
                    case Committed<A> committed ->
                            new ItemResult(
                                    id, true, stillRefused.apply(committed.answer()), null, null);
                    case CommandResult.Refused<A>(Refusal refusal, String detail) ->
                            new ItemResult(id, false, null, refusal, detail);
                };
    }
}
