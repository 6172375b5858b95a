package com.tokaify.ledger.query.account;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a statement.
 *
 * @param at when it was booked; of a day's usage the end of the day, or of the statement
 * @param amount units by which the balance changed, signed
 * @param balance after this line
 * @param reference of a credit: the operator's own name for the payment
 * @param reason of an adjustment
 */
public record StatementLine(
        Instant at,
        Kind kind,
        long amount,
        long balance,
        @Nullable String reference,
        @Nullable String reason) {

    /** What may change a balance. Usage and refunds are told by day. */
    public enum Kind {
        CREDIT,
        ADJUSTMENT,
        CONSUMPTION,
        REFUND;

        private final String word = name().toLowerCase(Locale.ROOT);

        @JsonValue
        @Override
        public String toString() {
            return word;
        }

        /** Of a word of the table's. */
        static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new IllegalStateException("there is no kind of line called " + word);
        }
    }

    static StatementLine of(Instant at, Kind kind, long amount, long balance, String note) {
        return new StatementLine(
                at,
                kind,
                amount,
                balance,
                kind == Kind.CREDIT ? note : null,
                kind == Kind.ADJUSTMENT ? note : null);
    }
}
