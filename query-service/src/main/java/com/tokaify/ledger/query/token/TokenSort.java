package com.tokaify.ledger.query.token;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.query.web.ListCursor;
import com.tokaify.ledger.query.web.NameOrder;
import com.tokaify.ledger.query.web.SortOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the token list is sorted by, called as the item's own field. Each has an index that begins
 * with the very expression named here, and tokens that are equal in it follow each other by id.
 */
enum TokenSort {
    CREATED_AT("createdAt", SortOrder.DESC, null, ""),
    NAME("name", SortOrder.ASC, NameOrder.KEY, NameOrder.AFTER_KEY),
    LAST_USED_AT("lastUsedAt", SortOrder.DESC, "used_at", "CAST(:afterKey AS timestamptz)"),
    TOTAL_CONSUMED("totalConsumed", SortOrder.DESC, "used_total", "CAST(:afterKey AS bigint)"),
    EXPIRES_AT(
            "expiresAt",
            SortOrder.ASC,
            "coalesce(expires_at, 'infinity')",
            "CAST(:afterKey AS timestamptz)");

    private static final String NEVER_USED = "-infinity";
    private static final String NEVER_EXPIRES = "infinity";

    /** Of four digits, as PostgreSQL reads them. */
    private static final Pattern YEARS = Pattern.compile("(?!0000)[0-9]{4}-");

    private final String word;
    private final SortOrder usual;
    private final @Nullable String key;
    private final String afterKey;

    /**
     * @param key what rows are compared by before their id; null is by the id alone, which is made
     *     of the time of creation
     * @param afterKey the same of a cursor's {@code :afterKey}
     */
    TokenSort(String word, SortOrder usual, @Nullable String key, String afterKey) {
        this.word = word;
        this.usual = usual;
        this.key = key;
        this.afterKey = afterKey;
    }

    static TokenSort parse(String field, String text) {
        for (TokenSort sort : values()) {
            if (sort.word.equals(text)) {
                return sort;
            }
        }
        throw new InvalidField(
                field,
                "must be one of "
                        + Arrays.stream(values())
                                .map(TokenSort::toString)
                                .collect(Collectors.joining(", ")));
    }

    /** Which end comes first where nobody says. */
    SortOrder usual() {
        return usual;
    }

    String orderBy(SortOrder order) {
        return key == null ? order.by("token_id") : order.by(key, id());
    }

    /** The rows beyond {@code :afterKey} and {@code :afterId}. */
    String beyond(SortOrder order) {
        return key == null
                ? "token_id %s :afterId".formatted(order.after())
                : "(%s, %s) %s (%s, :afterId)".formatted(key, id(), order.after(), afterKey);
    }

    /** Whether rows of {@code token_use} are compared, and not of {@code token} alone. */
    boolean byUse() {
        return switch (this) {
            case LAST_USED_AT, TOTAL_CONSUMED -> true;
            case CREATED_AT, NAME, EXPIRES_AT -> false;
        };
    }

    /** The id of the table that has the key, so that one index has both. */
    private String id() {
        return byUse() ? "token_use.token_id" : "token_id";
    }

    /** What a cursor says of the item it stands at. */
    String keyOf(TokenItem item) {
        return switch (this) {
            case CREATED_AT -> "";
            case NAME -> item.name();
            case LAST_USED_AT -> Objects.toString(item.lastUsedAt(), NEVER_USED);
            case TOTAL_CONSUMED -> Long.toString(item.totalConsumed());
            case EXPIRES_AT -> Objects.toString(item.expiresAt(), NEVER_EXPIRES);
        };
    }

    /**
     * @throws InvalidField where {@link #keyOf} never says such a thing
     */
    void requireKey(String field, String given) {
        boolean possible =
                switch (this) {
                    case CREATED_AT -> given.isEmpty();
                    case NAME -> NameOrder.isName(given);
                    case LAST_USED_AT -> given.equals(NEVER_USED) || isInstant(given);
                    case TOTAL_CONSUMED -> given.matches("-?[0-9]{1,18}");
                    case EXPIRES_AT -> given.equals(NEVER_EXPIRES) || isInstant(given);
                };
        if (!possible) {
            throw ListCursor.malformed(field);
        }
    }

    private static boolean isInstant(String given) {
        try {
            return given.equals(Instant.parse(given).toString())
                    && YEARS.matcher(given).lookingAt();
        } catch (DateTimeException e) {
            return false;
        }
    }

    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
