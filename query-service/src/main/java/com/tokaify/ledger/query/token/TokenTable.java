package com.tokaify.ledger.query.token;

import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.token.TokenState.Settings;
import com.tokaify.ledger.query.token.TokenState.Standing;
import com.tokaify.ledger.query.token.TokenState.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
                   CASE WHEN expired OR expires_at <= :now THEN 'expired'
                        WHEN NOT enabled THEN 'disabled'
                        WHEN consumed >= quota_limit THEN 'exhausted'
                        ELSE 'enabled'
                   END AS status
            FROM (SELECT *,
                         period_ends_at IS NOT NULL AND period_ends_at <= :now AS period_over,
                         CASE WHEN period_ends_at <= :now THEN 0 ELSE total_consumed - total_before END AS consumed
                  FROM token) AS counted
            """;

    private final JdbcClient jdbc;

    public TokenTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    /** Writes tokens as they are now, new ones and known ones. */
    public void save(Collection<TokenState> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        INSERT INTO token (token_id, account_id, imported_from, name, group_name, quota_limit, models,
                                           ip_allowlist, expires_at, mask, enabled, disabled_reason, expired, deleted,
                                           total_consumed, total_before, period_every, period_time_zone,
                                           period_ends_at, model_quotas, model_quota_limits, model_quota_consumed,
                                           requests_per_minute, units_per_minute, last_used_at, created_at, changed_at,
                                           sequence)
                        SELECT token_id, account_id, imported_from, name, group_name, quota_limit,
                               string_to_array(models, ' '), string_to_array(ip_allowlist, ' '), expires_at, mask,
                               enabled, disabled_reason, expired, deleted, total_consumed, total_before, period_every,
                               period_time_zone, period_ends_at, string_to_array(model_quotas, ' '),
                               CAST(string_to_array(model_quota_limits, ' ') AS bigint[]),
                               CAST(string_to_array(model_quota_consumed, ' ') AS bigint[]),
                               requests_per_minute, units_per_minute, last_used_at, created_at, changed_at, sequence
                        FROM unnest(CAST(:tokenIds AS uuid[]), CAST(:accountIds AS uuid[]), :importedFrom, :names,
                                    :groups, :quotaLimits, :models, :ipAllowlists, CAST(:expiresAts AS timestamptz[]),
                                    :masks, :enabled, :disabledReasons, :expired, :deleted, :totals, :totalsBefore,
                                    :periods, :timeZones, CAST(:periodEnds AS timestamptz[]), :modelQuotas,
                                    :modelLimits, :modelConsumed, :requestsPerMinute, :unitsPerMinute,
                                    CAST(:lastUsedAts AS timestamptz[]),
                                    CAST(:createdAts AS timestamptz[]), CAST(:changedAts AS timestamptz[]), :sequences)
                             AS saved (token_id, account_id, imported_from, name, group_name, quota_limit, models,
                                       ip_allowlist, expires_at, mask, enabled, disabled_reason, expired, deleted,
                                       total_consumed, total_before, period_every, period_time_zone, period_ends_at,
                                       model_quotas, model_quota_limits, model_quota_consumed,
                                       requests_per_minute, units_per_minute, last_used_at,
                                       created_at, changed_at, sequence)
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
                        """)
                .param("tokenIds", Columns.texts(tokens, token -> token.tokenId().uuid()))
                .param("accountIds", Columns.texts(tokens, token -> token.accountId().uuid()))
                .param("importedFrom", Columns.texts(tokens, TokenState::importedFrom))
                .param("names", Columns.texts(tokens, token -> token.settings().name()))
                .param("groups", Columns.texts(tokens, token -> token.settings().group()))
                .param("quotaLimits", Columns.numbers(tokens, token -> limits(token).quotaLimit()))
                .param("models", Columns.texts(tokens, token -> joined(limits(token).models())))
                .param(
                        "ipAllowlists",
                        Columns.texts(tokens, token -> joined(limits(token).ipAllowlist())))
                .param("expiresAts", Columns.texts(tokens, token -> limits(token).expiresAt()))
                .param("masks", Columns.texts(tokens, token -> token.settings().mask()))
                .param("enabled", Columns.flags(tokens, token -> token.standing().enabled()))
                .param(
                        "disabledReasons",
                        Columns.texts(tokens, token -> token.standing().disabledReason()))
                .param("expired", Columns.flags(tokens, token -> token.standing().expired()))
                .param("deleted", Columns.flags(tokens, token -> token.standing().deleted()))
                .param("totals", Columns.numbers(tokens, token -> token.usage().total()))
                .param(
                        "totalsBefore",
                        Columns.numbers(tokens, token -> counting(token).totalBefore()))
                .param(
                        "periods",
                        Columns.texts(tokens, token -> ofPeriod(token, p -> p.every().text())))
                .param(
                        "timeZones",
                        Columns.texts(tokens, token -> ofPeriod(token, QuotaPeriod::timeZone)))
                .param("periodEnds", Columns.texts(tokens, token -> counting(token).endsAt()))
                .param(
                        "modelQuotas",
                        Columns.texts(tokens, token -> ofModels(token, ModelUse::model)))
                .param(
                        "modelLimits",
                        Columns.texts(tokens, token -> ofModels(token, ModelUse::quotaLimit)))
                .param(
                        "modelConsumed",
                        Columns.texts(tokens, token -> ofModels(token, ModelUse::consumed)))
                .param(
                        "requestsPerMinute",
                        Columns.numbers(
                                tokens, token -> rate(token, RateLimits::requestsPerMinute)))
                .param(
                        "unitsPerMinute",
                        Columns.numbers(tokens, token -> rate(token, RateLimits::unitsPerMinute)))
                .param("lastUsedAts", Columns.texts(tokens, token -> token.usage().lastUsedAt()))
                .param("createdAts", Columns.texts(tokens, TokenState::createdAt))
                .param("changedAts", Columns.texts(tokens, TokenState::changedAt))
                .param("sequences", Columns.numbers(tokens, TokenState::sequence))
                .update();
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

    private static Counting counting(TokenState token) {
        return token.usage().counting();
    }

    private static @Nullable String ofPeriod(
            TokenState token, Function<QuotaPeriod, String> value) {
        QuotaPeriod period = counting(token).quotaPeriod();
        return period == null ? null : value.apply(period);
    }

    private static @Nullable String ofModels(TokenState token, Function<ModelUse, Object> value) {
        List<ModelUse> models = counting(token).models();
        return models.isEmpty() ? null : joined(models.stream().map(value).toList());
    }

    private static @Nullable Long rate(
            TokenState token, Function<RateLimits, @Nullable Long> limit) {
        RateLimits limits = token.settings().rateLimits();
        return limits == null ? null : limit.apply(limits);
    }

    private static Restrictions limits(TokenState token) {
        return token.settings().restrictions();
    }

    /** Neither a model nor an IP range contains a space, so that in bulk a list is one text. */
    private static @Nullable String joined(@Nullable List<?> values) {
        return values == null
                ? null
                : values.stream().map(Object::toString).collect(Collectors.joining(" "));
    }
}
