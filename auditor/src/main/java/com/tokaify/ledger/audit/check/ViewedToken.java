package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.Times;
import com.tokaify.ledger.audit.fold.ModelUse;
import com.tokaify.ledger.audit.fold.TokenFacts;
import com.tokaify.ledger.audit.fold.TokenSettings;
import com.tokaify.ledger.audit.fold.Usage;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.net.IpRange;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the view {@code token}, beside its id: as it is there, and as events make it. */
record ViewedToken(
        String accountId,
        @Nullable String importedFrom,
        String name,
        String group,
        @Nullable Long quotaLimit,
        @Nullable List<String> models,
        @Nullable List<String> ipAllowlist,
        @Nullable Instant expiresAt,
        String mask,
        boolean enabled,
        @Nullable String disabledReason,
        boolean expired,
        boolean deleted,
        long totalConsumed,
        long totalBefore,
        @Nullable String periodEvery,
        @Nullable String periodTimeZone,
        @Nullable Instant periodEndsAt,
        List<ModelUse> modelQuotas,
        @Nullable Long requestsPerMinute,
        @Nullable Long unitsPerMinute,
        @Nullable Instant lastUsedAt,
        Instant createdAt,
        Instant changedAt,
        long sequence) {

    static final String COLUMNS =
            """
            token_id, account_id, imported_from, name, group_name, quota_limit, models, ip_allowlist, expires_at, mask,
            enabled, disabled_reason, expired, deleted, total_consumed, total_before, period_every, period_time_zone,
            period_ends_at, model_quotas, model_quota_limits, model_quota_consumed, requests_per_minute, units_per_minute,
            last_used_at, created_at, changed_at, sequence
            """;

    static ViewedToken of(TokenFacts facts, boolean deleted) {
        TokenSettings settings = facts.settings();
        Restrictions restrictions = settings.restrictions();
        Usage usage = facts.usage();
        List<IpRange> ranges = restrictions.ipAllowlist();
        QuotaPeriod period = usage.period();
        RateLimits rates = settings.rateLimits();
        return new ViewedToken(
                facts.accountId(),
                facts.importedFrom(),
                settings.name(),
                settings.group(),
                restrictions.quotaLimit(),
                restrictions.models(),
                ranges == null ? null : ranges.stream().map(IpRange::toString).toList(),
                stored(restrictions.expiresAt()),
                settings.mask(),
                facts.standing().enabled(),
                facts.standing().disabledReason(),
                facts.standing().expired(),
                deleted,
                usage.total(),
                usage.before(),
                period == null ? null : period.every().text(),
                period == null ? null : period.timeZone(),
                stored(usage.endsAt()),
                usage.models(),
                rates == null ? null : rates.requestsPerMinute(),
                rates == null ? null : rates.unitsPerMinute(),
                usage.lastUsedAt() == null ? null : Times.parse(usage.lastUsedAt()),
                Times.parse(facts.createdAt()),
                Times.parse(facts.changedAt()),
                facts.sequence());
    }

    static ViewedToken of(ResultSet row, String accountId) throws SQLException {
        return new ViewedToken(
                accountId,
                row.getString("imported_from"),
                row.getString("name"),
                row.getString("group_name"),
                row.getObject("quota_limit", Long.class),
                texts(row, "models"),
                texts(row, "ip_allowlist"),
                instant(row, "expires_at"),
                row.getString("mask"),
                row.getBoolean("enabled"),
                row.getString("disabled_reason"),
                row.getBoolean("expired"),
                row.getBoolean("deleted"),
                row.getLong("total_consumed"),
                row.getLong("total_before"),
                row.getString("period_every"),
                row.getString("period_time_zone"),
                instant(row, "period_ends_at"),
                models(row),
                row.getObject("requests_per_minute", Long.class),
                row.getObject("units_per_minute", Long.class),
                instant(row, "last_used_at"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getLong("sequence"));
    }

    /** Views keep microseconds. */
    private static @Nullable Instant stored(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static List<ModelUse> models(ResultSet row) throws SQLException {
        List<String> names = texts(row, "model_quotas");
        List<Long> limits = numbers(row, "model_quota_limits");
        List<Long> consumed = numbers(row, "model_quota_consumed");
        List<ModelUse> models = new ArrayList<>();
        for (int i = 0; names != null && i < names.size(); i++) {
            models.add(
                    new ModelUse(
                            names.get(i),
                            i < limits.size() ? limits.get(i) : -1,
                            i < consumed.size() ? consumed.get(i) : -1));
        }
        return List.copyOf(models);
    }

    private static @Nullable List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? null : List.of((String[]) array.getArray());
    }

    private static List<Long> numbers(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }
}
