package com.tokaify.ledger.query.token;

import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.sql.StagingTable;
import com.tokaify.ledger.query.token.TokenState.Settings;
import com.tokaify.ledger.query.token.TokenState.Standing;
import com.tokaify.ledger.query.token.TokenState.Usage;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code token}: written by the projection's thread, read by requests. */
public final class TokenTable {
    /**
     * The one place that says what counts under a token's limit and what its status is, as of
     * {@code :now}.
     */
    static final String SHOWN =
            """
            SELECT *,
                   CASE WHEN NOT enabled THEN 'disabled'
                        WHEN expired OR expires_at <= :now THEN 'expired'
                        WHEN consumed >= quota_limit THEN 'exhausted'
                        ELSE 'enabled'
                   END AS status
            FROM (SELECT *,
                         period_ends_at IS NOT NULL AND period_ends_at <= :now AS period_over,
                         CASE WHEN period_ends_at <= :now THEN 0 ELSE total_consumed - total_before END AS consumed
                  FROM token) AS counted
            """;

    private static final String[] COLUMNS = {
        "token_id uuid",
        "account_id uuid",
        "imported_from text",
        "name text",
        "group_name text",
        "quota_limit bigint",
        "models text[]",
        "ip_allowlist text[]",
        "expires_at timestamptz",
        "mask text",
        "enabled boolean",
        "disabled_reason text",
        "expired boolean",
        "deleted boolean",
        "total_consumed bigint",
        "total_before bigint",
        "period_every text",
        "period_time_zone text",
        "period_ends_at timestamptz",
        "model_quotas text[]",
        "model_quota_limits bigint[]",
        "model_quota_consumed bigint[]",
        "requests_per_minute bigint",
        "units_per_minute bigint",
        "last_used_at timestamptz",
        "created_at timestamptz",
        "changed_at timestamptz",
        "sequence bigint",
    };

    private static final String MERGE =
            """
            INSERT INTO token (token_id, account_id, imported_from, name, group_name, quota_limit, models,
                               ip_allowlist, expires_at, mask, enabled, disabled_reason, expired, deleted,
                               total_consumed, total_before, period_every, period_time_zone, period_ends_at,
                               model_quotas, model_quota_limits, model_quota_consumed, requests_per_minute,
                               units_per_minute, last_used_at, created_at, changed_at, sequence)
            SELECT token_id, account_id, imported_from, name, group_name, quota_limit, models, ip_allowlist,
                   expires_at, mask, enabled, disabled_reason, expired, deleted, total_consumed, total_before,
                   period_every, period_time_zone, period_ends_at, model_quotas, model_quota_limits,
                   model_quota_consumed, requests_per_minute, units_per_minute, last_used_at, created_at,
                   changed_at, sequence
            FROM staged_token
            ORDER BY token_id
            ON CONFLICT (token_id) DO UPDATE SET
                imported_from = EXCLUDED.imported_from,
                name = EXCLUDED.name,
                group_name = EXCLUDED.group_name,
                quota_limit = EXCLUDED.quota_limit,
                models = EXCLUDED.models,
                ip_allowlist = EXCLUDED.ip_allowlist,
                expires_at = EXCLUDED.expires_at,
                mask = EXCLUDED.mask,
                enabled = EXCLUDED.enabled,
                disabled_reason = EXCLUDED.disabled_reason,
                expired = EXCLUDED.expired,
                deleted = EXCLUDED.deleted,
                total_consumed = EXCLUDED.total_consumed,
                total_before = EXCLUDED.total_before,
                period_every = EXCLUDED.period_every,
                period_time_zone = EXCLUDED.period_time_zone,
                period_ends_at = EXCLUDED.period_ends_at,
                model_quotas = EXCLUDED.model_quotas,
                model_quota_limits = EXCLUDED.model_quota_limits,
                model_quota_consumed = EXCLUDED.model_quota_consumed,
                requests_per_minute = EXCLUDED.requests_per_minute,
                units_per_minute = EXCLUDED.units_per_minute,
                last_used_at = EXCLUDED.last_used_at,
                changed_at = EXCLUDED.changed_at,
                sequence = EXCLUDED.sequence
            """;

    private final JdbcClient jdbc;
    private final StagingTable staging;

    public TokenTable(DataSource source) {
        this.jdbc = JdbcClient.create(source);
        this.staging = new StagingTable(source, "staged_token", COLUMNS);
    }

    /** Those of the tokens that exist. */
    public List<TokenState> load(Collection<TokenId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT * FROM token WHERE token_id = ANY (CAST(:ids AS uuid[]))")
                .param("ids", Columns.texts(ids, TokenId::uuid))
                .query((row, _) -> state(row))
                .list();
    }

    /**
     * Writes tokens as they are now, new ones and known ones. In the order of their ids, which is
     * the index's.
     */
    public void save(Collection<TokenState> tokens) {
        if (!tokens.isEmpty()) {
            staging.merge(tokens, TokenTable::put, MERGE);
        }
    }

    private static void put(BinaryRows rows, TokenState token) {
        Settings settings = token.settings();
        Restrictions limits = settings.restrictions();
        RateLimits rates = settings.rateLimits();
        Standing standing = token.standing();
        Counting counting = token.usage().counting();
        QuotaPeriod period = counting.quotaPeriod();
        rows.putUuid(token.tokenId().uuid());
        rows.putUuid(token.accountId().uuid());
        rows.putText(token.importedFrom());
        rows.putText(settings.name());
        rows.putText(settings.group());
        rows.putOptionalLong(limits.quotaLimit());
        rows.putTexts(limits.models());
        rows.putTexts(texts(limits.ipAllowlist()));
        rows.putOptionalInstant(limits.expiresAt());
        rows.putText(settings.mask());
        rows.putBoolean(standing.enabled());
        rows.putText(standing.disabledReason());
        rows.putBoolean(standing.expired());
        rows.putBoolean(standing.deleted());
        rows.putLong(token.usage().total());
        rows.putLong(counting.totalBefore());
        rows.putText(period == null ? null : period.every().text());
        rows.putText(period == null ? null : period.timeZone());
        rows.putOptionalInstant(counting.endsAt());
        rows.putTexts(ofModels(counting, ModelUse::model));
        rows.putLongs(ofModels(counting, ModelUse::quotaLimit));
        rows.putLongs(ofModels(counting, ModelUse::consumed));
        rows.putOptionalLong(rates == null ? null : rates.requestsPerMinute());
        rows.putOptionalLong(rates == null ? null : rates.unitsPerMinute());
        rows.putOptionalInstant(token.usage().lastUsedAt());
        rows.putInstant(token.createdAt());
        rows.putInstant(token.changedAt());
        rows.putLong(token.sequence());
    }

    private static @Nullable List<String> texts(@Nullable List<IpRange> ranges) {
        return ranges == null ? null : ranges.stream().map(IpRange::toString).toList();
    }

    private static <T> @Nullable List<T> ofModels(Counting counting, Function<ModelUse, T> value) {
        return counting.models().isEmpty() ? null : counting.models().stream().map(value).toList();
    }

    /** A token as it is shown now, and whether it is deleted. */
    record Found(TokenItem item, boolean deleted) {}

    Optional<Found> find(TokenId id, Instant now) {
        return jdbc.sql(SHOWN + "WHERE token_id = :id")
                .param("now", Columns.timestamp(now))
                .param("id", id.uuid())
                .query((row, _) -> new Found(item(row, now), row.getBoolean("deleted")))
                .optional();
    }

    /** Whether there is such a token, deleted or not. */
    public boolean exists(TokenId id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM token WHERE token_id = :id)")
                .param("id", id.uuid())
                .query(Boolean.class)
                .single();
    }

    /** Whether it is a token of this account. */
    public boolean exists(TokenId id, AccountId account) {
        return jdbc.sql(
                        """
                        SELECT EXISTS (SELECT FROM token WHERE token_id = :id AND account_id = :account)
                        """)
                .param("id", id.uuid())
                .param("account", account.uuid())
                .query(Boolean.class)
                .single();
    }

    static TokenItem item(ResultSet row, Instant now) throws SQLException {
        return TokenItem.of(
                state(row),
                new TokenItem.AsOf(
                        now,
                        TokenStatus.parse("status", row.getString("status")),
                        row.getBoolean("period_over"),
                        row.getLong("consumed")));
    }

    private static TokenState state(ResultSet row) throws SQLException {
        List<String> ranges = Columns.optionalTexts(row, "ip_allowlist");
        return new TokenState(
                new TokenId(row.getObject("token_id", UUID.class)),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("imported_from"),
                new Settings(
                        row.getString("name"),
                        row.getString("group_name"),
                        new Restrictions(
                                row.getObject("quota_limit", Long.class),
                                Columns.optionalTexts(row, "models"),
                                ranges == null
                                        ? null
                                        : ranges.stream().map(IpRange::parse).toList(),
                                Columns.optionalInstant(row, "expires_at")),
                        rateLimits(row),
                        row.getString("mask")),
                new Standing(
                        row.getBoolean("enabled"),
                        row.getString("disabled_reason"),
                        row.getBoolean("expired"),
                        row.getBoolean("deleted")),
                new Usage(
                        row.getLong("total_consumed"),
                        new Counting(
                                period(row),
                                Columns.optionalInstant(row, "period_ends_at"),
                                row.getLong("total_before"),
                                models(row)),
                        Columns.optionalInstant(row, "last_used_at")),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "changed_at"),
                row.getLong("sequence"));
    }

    private static @Nullable QuotaPeriod period(ResultSet row) throws SQLException {
        String every = row.getString("period_every");
        return every == null
                ? null
                : new QuotaPeriod(
                        QuotaPeriod.Every.parse(every), row.getString("period_time_zone"));
    }

    private static @Nullable RateLimits rateLimits(ResultSet row) throws SQLException {
        return RateLimits.orNone(
                new RateLimits(
                        row.getObject("requests_per_minute", Long.class),
                        row.getObject("units_per_minute", Long.class)));
    }

    private static List<ModelUse> models(ResultSet row) throws SQLException {
        List<String> models = Columns.optionalTexts(row, "model_quotas");
        if (models == null) {
            return List.of();
        }
        List<Long> limits = Columns.numbers(row, "model_quota_limits");
        List<Long> consumed = Columns.numbers(row, "model_quota_consumed");
        return IntStream.range(0, models.size())
                .mapToObj(i -> new ModelUse(models.get(i), limits.get(i), consumed.get(i)))
                .toList();
    }
}
