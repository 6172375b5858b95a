package com.tokaify.ledger.query.account;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.query.web.ListCursor;
import com.tokaify.ledger.query.web.NameOrder;
import com.tokaify.ledger.query.web.SortOrder;

/** What the list of accounts is sorted by; accounts that are equal in it follow by id. */
enum AccountSort {
    OPENED_AT("openedAt", SortOrder.DESC),
    NAME("name", SortOrder.ASC);

    private final String word;
    private final SortOrder usual;

    AccountSort(String word, SortOrder usual) {
        this.word = word;
        this.usual = usual;
    }

    static AccountSort parse(String field, String text) {
        for (AccountSort sort : values()) {
            if (sort.word.equals(text)) {
                return sort;
            }
        }
        throw new InvalidField(field, "must be one of openedAt, name");
    }

    /** Which end comes first where nobody says. */
    SortOrder usual() {
        return usual;
    }

    String orderBy(SortOrder order) {
        return switch (this) {
            case OPENED_AT -> order.by("account_id");
            case NAME -> order.by(NameOrder.KEY, "account_id");
        };
    }

    /** The rows beyond {@code :afterKey} and {@code :afterId}. */
    String beyond(SortOrder order) {
        return switch (this) {
            case OPENED_AT -> "account_id %s :afterId".formatted(order.after());
            case NAME ->
                    "(%s, account_id) %s (%s, :afterId)"
                            .formatted(NameOrder.KEY, order.after(), NameOrder.AFTER_KEY);
        };
    }

    /** What a cursor says of the account it stands at. */
    String keyOf(AccountView account) {
        return switch (this) {
            case OPENED_AT -> "";
            case NAME -> account.name();
        };
    }

    /**
     * @throws InvalidField where {@link #keyOf} never says such a thing
     */
    void requireKey(String field, String given) {
        boolean possible =
                switch (this) {
                    case OPENED_AT -> given.isEmpty();
                    case NAME -> NameOrder.isName(given);
                };
        if (!possible) {
            throw ListCursor.malformed(field);
        }
    }

    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
