package com.tokaify.ledger.query.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.codec.EventType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an event is about, so that an auditor can leave usage out, which is most of a ledger. Every
 * type is in exactly one class.
 */
public enum EventClass {
    /** What a token, an account or the catalog is allowed, and whether it exists. */
    SETTINGS,
    /** What was used, and what follows from use. */
    USAGE,
    /** A secret was shown or replaced. */
    SECURITY,
    /** Money that came in or was corrected. */
    BALANCE;

    private final String word = name().toLowerCase(Locale.ROOT);

    public static EventClass of(EventType type) {
        return switch (type) {
            case TOKEN_CREATED,
                    TOKEN_IMPORTED,
                    TOKEN_RENAMED,
                    TOKEN_GROUP_CHANGED,
                    QUOTA_LIMIT_CHANGED,
                    QUOTA_PERIOD_CHANGED,
                    MODEL_QUOTAS_CHANGED,
                    RATE_LIMITS_CHANGED,
                    MODEL_ACCESS_CHANGED,
                    IP_ALLOWLIST_CHANGED,
                    EXPIRATION_CHANGED,
                    TOKEN_ENABLED,
                    TOKEN_DISABLED,
                    TOKEN_EXPIRED,
                    TOKEN_DELETED,
                    ACCOUNT_OPENED,
                    ACCOUNT_SUSPENDED,
                    ACCOUNT_RESUMED,
                    GROUP_DEFINED,
                    GROUP_RETIRED,
                    MODEL_LISTED,
                    MODEL_RETIRED,
                    CATALOG_CLOSED,
                    CATALOG_OPENED ->
                    SETTINGS;
            case QUOTA_CONSUMED,
                    QUOTA_REFUNDED,
                    QUOTA_EXHAUSTED,
                    MODEL_QUOTA_EXHAUSTED,
                    QUOTA_PERIOD_STARTED ->
                    USAGE;
            case SECRET_REVEALED, SECRET_ROTATED -> SECURITY;
            case BALANCE_CREDITED, BALANCE_ADJUSTED -> BALANCE;
        };
    }

    /** The types of this class. */
    Set<EventType> types() {
        return Arrays.stream(EventType.values())
                .filter(type -> of(type) == this)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventType.class)));
    }

    static EventClass parse(String field, String text) {
        for (EventClass each : values()) {
            if (each.word.equals(text)) {
                return each;
            }
        }
        throw new InvalidField(field, "must be settings, usage, security or balance");
    }

    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
