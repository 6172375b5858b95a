package com.tokaify.ledger.query.account;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.query.web.ListCursor;
import com.tokaify.ledger.query.web.SortOrder;

/** What the list of accounts is sorted by; accounts that are equal in it follow by id. */
enum AccountSort {
    OPENED_AT("openedAt", SortOrder.DESC),
    NAME("name", SortOrder.ASC);

    private static final String NAME_KEY = "casefold(name COLLATE pg_unicode_fast) COLLATE \"C\"";
    private static final String AFTER_NAME =
            "casefold(:afterKey COLLATE pg_unicode_fast) COLLATE \"C\"";

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
            case NAME -> order.by(NAME_KEY, "account_id");
        };
    }

    /** The rows beyond {@code :afterKey} and {@code :afterId}. */
    String beyond(SortOrder order) {
        return switch (this) {
            case OPENED_AT -> "account_id %s :afterId".formatted(order.after());
            case NAME ->
                    "(%s, account_id) %s (%s, :afterId)"
                            .formatted(NAME_KEY, order.after(), AFTER_NAME);
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
                    case NAME -> isName(given);
                };
        if (!possible) {
            throw ListCursor.malformed(field);
        }
    }

    private static boolean isName(String given) {
        try {
            return !FieldRules.name("name", given).isEmpty();
        } catch (InvalidField e) {
            return false;
        }
    }

    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
