package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A token as it is after the events of a {@link LedgerYear}, and its row of the view. */
final class TokenRow {
    static final String COLUMNS =
            "token_id, account_id, name, group_name, quota_limit, models, ip_allowlist, expires_at, mask, enabled,"
                    + " disabled_reason, expired, deleted, total_consumed, total_before, last_used_at, created_at,"
                    + " changed_at, sequence";

    private static final String NULL = "\\N";
    private static final int PERCENT = 100;
    private static final int UNLIMITED = -1;

    private final TokenCreated created;
    private final Instant createdAt;
    private String name;
    private @Nullable Long limit;
    private @Nullable String disabledReason;
    private long total;
    private @Nullable Instant usedAt;
    private Instant changedAt;
    private long sequence;

    TokenRow(TokenCreated created, Instant at) {
        this.created = created;
        this.createdAt = at;
        this.name = created.name();
        this.limit = created.restrictions().quotaLimit();
        this.changedAt = at;
    }

    void evolve(StoredEvent stored, TokenEvent event) {
        sequence = stored.sequence();
        switch (event) {
            case QuotaConsumed consumed -> {
                total = consumed.totalAfter();
                usedAt = stored.recordedAt();
            }
            case TokenRenamed renamed -> {
                name = renamed.name();
                changedAt = stored.recordedAt();
            }
            case QuotaLimitChanged changed -> {
                limit = changed.quotaLimit();
                changedAt = stored.recordedAt();
            }
            case TokenDisabled disabled -> {
                disabledReason = disabled.reason();
                changedAt = stored.recordedAt();
            }
            case SecretRevealed _ -> {}
            default -> throw new IllegalStateException("there is no " + event + " in the year");
        }
    }

    AccountId accountId() {
        return created.accountId();
    }

    String name() {
        return name;
    }

    String mask() {
        return created.mask();
    }

    @Nullable Instant usedAt() {
        return usedAt;
    }

    long total() {
        return total;
    }

    short usedPercent() {
        if (limit == null) {
            return UNLIMITED;
        }
        return (short) (total >= limit ? PERCENT : total * PERCENT / limit);
    }

    /**
     * A line of COPY, of {@link #COLUMNS}.
     *
     * @param id of the token
     */
    String line(UUID id) {
        Restrictions restrictions = created.restrictions();
        return String.join(
                        "\t",
                        id.toString(),
                        created.accountId().uuid().toString(),
                        name,
                        created.group(),
                        text(limit),
                        array(restrictions.models()),
                        array(restrictions.ipAllowlist()),
                        text(restrictions.expiresAt()),
                        created.mask(),
                        disabledReason == null ? "t" : "f",
                        text(disabledReason),
                        "f",
                        "f",
                        Long.toString(total),
                        "0",
                        text(usedAt),
                        createdAt.toString(),
                        changedAt.toString(),
                        Long.toString(sequence))
                + "\n";
    }

    private static String text(@Nullable Object value) {
        return value == null ? NULL : value.toString();
    }

    private static String array(@Nullable Collection<?> values) {
        return values == null
                ? NULL
                : values.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
