package com.tokaify.ledger.command.takeover;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.id.TokenId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an import, row by row in their order. Never has a secret.
 *
 * @param imported tokens that were created
 * @param alreadyImported secrets that were here already
 * @param refused rows of which nothing came
 */
record ImportResult(int imported, int alreadyImported, int refused, List<Item> items) {

    enum Outcome {
        IMPORTED("imported"),
        ALREADY_IMPORTED("already-imported"),
        REFUSED("refused");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }
    }

    /**
     * @param row counted from 1, a header not counted
     * @param tokenId the token that has the secret; null where the row was refused
     * @param code why the row was refused; null where it was not
     * @param field that breaks the rule, as the export calls it; null where it is no field
     * @param rule what must hold
     */
    record Item(
            int row,
            Outcome outcome,
            @Nullable TokenId tokenId,
            @Nullable String mask,
            @Nullable String code,
            @Nullable String field,
            @Nullable String rule) {

        static Item of(int row, Outcome outcome, TokenId tokenId, String mask) {
            return new Item(row, outcome, tokenId, mask, null, null, null);
        }

        static Item refused(int row, String code, @Nullable String field, String rule) {
            return new Item(row, Outcome.REFUSED, null, null, code, field, rule);
        }
    }

    static ImportResult of(List<Item> items) {
        return new ImportResult(
                count(items, Outcome.IMPORTED),
                count(items, Outcome.ALREADY_IMPORTED),
                count(items, Outcome.REFUSED),
                items);
    }

    private static int count(List<Item> items, Outcome outcome) {
        return (int) items.stream().filter(item -> item.outcome() == outcome).count();
    }
}
