package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.command.decision.Change;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.SettingsCommand.ChangeSettings;
import com.tokaify.ledger.command.token.SettingsCommand.ReadSettings;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.QuotaPeriod.Every;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change of settings comes to: which events, in which order, and which ends with them. */
class SettingsDeciderTest {
    private static final QuotaPeriod DAILY = new QuotaPeriod(Every.DAY, "UTC");
    private static final QuotaPeriod MONTHLY = new QuotaPeriod(Every.MONTH, "UTC");
    private static final List<IpRange> HOME = List.of(IpRange.parse("10.0.0.0/8"));
    private static final Instant TODAY = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-07-02T00:00:00Z");
    private static final Instant AUGUST = Instant.parse("2026-08-01T00:00:00Z");

    /** Everything is set; 60 units are consumed, 25 of them of a model with a limit. */
    private static final List<TokenEvent> EVERYTHING_SET =
            List.of(
                    created(new Restrictions(100L, List.of("gpt-4o"), HOME, NOW.plusSeconds(60))),
                    new QuotaPeriodChanged(DAILY),
                    new QuotaPeriodStarted(TODAY, TOMORROW, 0),
                    new ModelQuotasChanged(List.of(new ModelQuota("gpt-4o", 40))),
                    new RateLimitsChanged(new RateLimits(60L, 900L)),
                    new QuotaConsumed("u1", 35, null, 35, false),
                    new QuotaConsumed("u2", 25, "gpt-4o", 60, false));

    private static final TokenSettings SETTINGS =
            new TokenSettings(
                    "ci",
                    "default",
                    100L,
                    List.of("gpt-4o"),
                    HOME,
                    NOW.plusSeconds(60),
                    DAILY,
                    List.of(new ModelQuota("gpt-4o", 40)),
                    new RateLimits(60L, 900L));

    /** One field of a patch: what it says where it says the same as now, another thing, nothing. */
    enum Field {
        NAME(named("ci"), named("other"), new TokenRenamed("other")),
        GROUP(group("default"), group("vip"), new TokenGroupChanged("vip")),
        QUOTA_LIMIT(quotaLimit(100L), quotaLimit(99L), new QuotaLimitChanged(99L)),
        NO_QUOTA_LIMIT(quotaLimit(100L), quotaLimit(null), new QuotaLimitChanged(null)),
        MODELS(
                models(List.of("gpt-4o", "gpt-4o")),
                models(List.of("claude")),
                new ModelAccessChanged(List.of("claude"))),
        NO_MODELS(models(List.of("gpt-4o")), models(null), new ModelAccessChanged(null)),
        IP_ALLOWLIST(
                ipAllowlist(List.of(IpRange.parse("10.1.2.3/8"))),
                ipAllowlist(List.of(IpRange.parse("::1"))),
                new IpAllowlistChanged(List.of(IpRange.parse("::1")))),
        NO_IP_ALLOWLIST(ipAllowlist(HOME), ipAllowlist(null), new IpAllowlistChanged(null)),
        EXPIRES_AT(
                expiresAt(NOW.plusSeconds(60)),
                expiresAt(NOW.plusNanos(1_000)),
                new ExpirationChanged(NOW.plusNanos(1_000))),
        NO_EXPIRES_AT(expiresAt(NOW.plusSeconds(60)), expiresAt(null), new ExpirationChanged(null)),
        QUOTA_PERIOD(
                quotaPeriod(DAILY),
                quotaPeriod(MONTHLY),
                new QuotaPeriodChanged(MONTHLY),
                new QuotaPeriodStarted(TODAY, AUGUST, 60)),
        NO_QUOTA_PERIOD(quotaPeriod(DAILY), quotaPeriod(null), new QuotaPeriodChanged(null)),
        MODEL_QUOTAS(
                modelQuotas(new ModelQuota("gpt-4o", 40)),
                modelQuotas(new ModelQuota("gpt-4o", 26)),
                new ModelQuotasChanged(List.of(new ModelQuota("gpt-4o", 26)))),
        NO_MODEL_QUOTAS(
                modelQuotas(new ModelQuota("gpt-4o", 40)),
                modelQuotas(),
                new ModelQuotasChanged(null)),
        REQUESTS_PER_MINUTE(
                rateLimits(Change.to(60L), Change.none()),
                rateLimits(Change.to(59L), Change.none()),
                new RateLimitsChanged(new RateLimits(59L, 900L))),
        UNITS_PER_MINUTE(
                rateLimits(Change.none(), Change.to(900L)),
                rateLimits(Change.to(60L), Change.to(901L)),
                new RateLimitsChanged(new RateLimits(60L, 901L))),
        NO_UNITS_PER_MINUTE(
                rateLimits(Change.none(), Change.none()),
                rateLimits(Change.none(), Change.to(null)),
                new RateLimitsChanged(new RateLimits(60L, null))),
        NEITHER_PER_MINUTE(
                rateLimits(Change.none(), Change.none()),
                rateLimits(Change.to(null), Change.to(null)),
                new RateLimitsChanged(null)),
        NO_RATE_LIMITS(
                rateLimits(Change.to(60L), Change.to(900L)),
                rateLimits(Change.to(null)),
                new RateLimitsChanged(null));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable record, which the check cannot see
        private final SettingsChange same;

        @SuppressWarnings("ImmutableEnumChecker") // an immutable record, which the check cannot see
        private final SettingsChange other;

        @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
        private final TokenEvent[] events;

        Field(SettingsChange same, SettingsChange other, TokenEvent... events) {
            this.same = same;
            this.other = other;
            this.events = events;
        }
    }

    /** What really becomes another makes its event, and the answer is what all is then. */
    @ParameterizedTest
    @EnumSource
    void eachFieldThatChangesIsAnEvent(Field field) {
        assertThat(decide(EVERYTHING_SET, field.other))
                .isEqualTo(accept(field.other.of(SETTINGS), field.events));
    }

    /** A field that says what is already makes none. */
    @ParameterizedTest
    @EnumSource
    void aFieldThatStaysIsNoEvent(Field field) {
        assertThat(decide(EVERYTHING_SET, field.same)).isEqualTo(accept(SETTINGS));
    }

    /** Nothing said, nothing changed: null is a value, absence is none. */
    @Test
    void anEmptyPatchChangesNothing() {
        assertThat(decide(EVERYTHING_SET, SettingsChange.NONE)).isEqualTo(accept(SETTINGS));
        assertThat(Change.<String>none().of("now")).isEqualTo("now");
        assertThat(Change.<String>to(null).of("now")).isNull();
        assertThat(Change.to("then").of("now")).isEqualTo("then");
        assertThat(Change.<String>to(null).map(String::length)).isEqualTo(Change.to(null));
        assertThat(Change.<String>none().map(String::length)).isEqualTo(Change.none());
    }

    /** All of it in one command, in one order: the period is begun before limits are looked at. */
    @Test
    void manyFieldsChangeAtOnce() {
        SettingsChange change =
                new SettingsChange(
                        Change.to("other"),
                        Change.to("vip"),
                        Change.to(0L),
                        Change.to(null),
                        Change.to(null),
                        Change.to(null),
                        Change.to(MONTHLY),
                        Change.to(List.of(new ModelQuota("gpt-4o", 20))),
                        Change.to(new RateLimitsPatch(Change.to(5L), Change.none())));
        assertThat(decide(EVERYTHING_SET, change))
                .isEqualTo(
                        accept(
                                change.of(SETTINGS),
                                new TokenRenamed("other"),
                                new TokenGroupChanged("vip"),
                                new ModelAccessChanged(null),
                                new IpAllowlistChanged(null),
                                new ExpirationChanged(null),
                                new RateLimitsChanged(new RateLimits(5L, 900L)),
                                new QuotaPeriodChanged(MONTHLY),
                                new QuotaPeriodStarted(TODAY, AUGUST, 60),
                                new QuotaLimitChanged(0L),
                                new ModelQuotasChanged(List.of(new ModelQuota("gpt-4o", 20))),
                                new QuotaExhausted(0, 0)));
    }

    /** A limit at or below what counts is allowed, and is the end of the quota; above it, not. */
    @Test
    void aLimitBelowWhatCountsExhausts() {
        assertThat(events(EVERYTHING_SET, quotaLimit(61L)))
                .containsExactly(new QuotaLimitChanged(61L));
        assertThat(events(EVERYTHING_SET, quotaLimit(60L)))
                .containsExactly(new QuotaLimitChanged(60L), new QuotaExhausted(60, 60));
        assertThat(events(EVERYTHING_SET, quotaLimit(10L)))
                .containsExactly(new QuotaLimitChanged(10L), new QuotaExhausted(60, 10));
        assertThat(events(EVERYTHING_SET, modelQuotas(new ModelQuota("gpt-4o", 25))))
                .containsExactly(
                        new ModelQuotasChanged(List.of(new ModelQuota("gpt-4o", 25))),
                        new ModelQuotaExhausted("gpt-4o", 25, 25));
        assertThat(
                        events(
                                EVERYTHING_SET,
                                modelQuotas(
                                        new ModelQuota("claude", 10),
                                        new ModelQuota("gpt-4o", 10))))
                .containsExactly(
                        new ModelQuotasChanged(
                                List.of(
                                        new ModelQuota("claude", 10),
                                        new ModelQuota("gpt-4o", 10))),
                        new ModelQuotaExhausted("gpt-4o", 25, 10));
    }

    /** An end that was said is not said again while nothing is left; a higher limit gives back. */
    @Test
    void aLimitThatRisesMakesTheTokenUsableAgain() {
        List<TokenEvent> exhausted =
                and(EVERYTHING_SET, new QuotaLimitChanged(60L), new QuotaExhausted(60, 60));
        assertThat(events(exhausted, quotaLimit(59L))).containsExactly(new QuotaLimitChanged(59L));
        assertThat(events(exhausted, quotaLimit(61L))).containsExactly(new QuotaLimitChanged(61L));
        assertThat(events(and(exhausted, new QuotaLimitChanged(61L)), quotaLimit(60L)))
                .containsExactly(new QuotaLimitChanged(60L), new QuotaExhausted(60, 60));
    }

    /** Without periods the token's whole life counts, which may be too much. */
    @Test
    void withoutPeriodsTheLifetimeMayExhaust() {
        List<TokenEvent> secondDay =
                and(
                        EVERYTHING_SET,
                        new QuotaPeriodStarted(TOMORROW, TOMORROW.plusSeconds(86_400), 60),
                        new QuotaConsumed("u3", 40, null, 100, false));
        assertThat(events(secondDay, quotaPeriod(null)))
                .containsExactly(new QuotaPeriodChanged(null), new QuotaExhausted(100, 100));
    }

    /** A limit is held against the period of that instant, also where no event has begun it. */
    @Test
    void aLimitLooksAtTheNewPeriod() {
        List<TokenEvent> yesterday =
                List.of(
                        created(limit(100L)),
                        new QuotaPeriodChanged(DAILY),
                        new QuotaPeriodStarted(TODAY.minusSeconds(86_400), TODAY, 0),
                        new QuotaConsumed("u1", 60, null, 60, false));
        assertThat(events(yesterday, quotaLimit(50L)))
                .containsExactly(
                        new QuotaPeriodStarted(TODAY, TOMORROW, 60), new QuotaLimitChanged(50L));
        assertThat(events(yesterday, modelQuotas(new ModelQuota("a", 5))))
                .containsExactly(
                        new QuotaPeriodStarted(TODAY, TOMORROW, 60),
                        new ModelQuotasChanged(List.of(new ModelQuota("a", 5))));
        assertThat(events(yesterday, named("other"))).containsExactly(new TokenRenamed("other"));
        assertThat(events(yesterday, quotaPeriod(MONTHLY)))
                .containsExactly(
                        new QuotaPeriodChanged(MONTHLY), new QuotaPeriodStarted(TODAY, AUGUST, 60));
    }

    /** A disabled or expired token is edited like any other; another expiry revives it. */
    @Test
    void aTokenThatMayNotBeUsedIsEdited() {
        assertThat(events(and(EVERYTHING_SET, new TokenDisabled(null)), named("other")))
                .containsExactly(new TokenRenamed("other"));
        List<TokenEvent> expired = and(EVERYTHING_SET, new TokenExpired(NOW.plusSeconds(60)));
        assertThat(events(expired, expiresAt(null))).containsExactly(new ExpirationChanged(null));
        assertThat(events(expired, expiresAt(NOW.plusSeconds(60)))).isEmpty();
    }

    /** There is nothing to edit before a token's life, and nothing after it. */
    @Test
    void aTokenThatIsNotThereIsNotEdited() {
        Decision<TokenSettings> unknown =
                refuse(Refusal.TOKEN_NOT_FOUND, "There is no token " + TOKEN + ".");
        Decision<TokenSettings> deleted =
                refuse(Refusal.TOKEN_DELETED, "The token " + TOKEN + " was deleted.");
        List<TokenEvent> dead = and(EVERYTHING_SET, new TokenDeleted());
        ReadSettings read = new ReadSettings(TOKEN, CONTEXT);
        assertThat(decide(List.of(), named("other"))).isEqualTo(unknown);
        assertThat(decide(dead, named("other"))).isEqualTo(deleted);
        assertThat(SettingsDecider.decide(new TokenState.Unborn(), read)).isEqualTo(unknown);
        assertThat(SettingsDecider.decide(Histories.after(dead), read)).isEqualTo(deleted);
        assertThat(SettingsDecider.decide(Histories.after(EVERYTHING_SET), read))
                .isEqualTo(accept(SETTINGS));
    }

    static List<Supplier<SettingsChange>> broken() {
        return List.of(
                () -> named(null),
                () -> named(" "),
                () -> group(null),
                () -> group("a b"),
                () -> quotaLimit(-1L),
                () -> models(List.of()),
                () -> ipAllowlist(List.of()),
                () -> expiresAt(Instant.MAX),
                () -> modelQuotas(new ModelQuota("a", 1), new ModelQuota("a", 2)),
                () -> rateLimits(Change.to(0L), Change.none()),
                () -> rateLimits(Change.none(), Change.to(RateLimits.MAX_UNITS_PER_MINUTE + 1)));
    }

    /** What no event could hold never comes to a decision. */
    @ParameterizedTest
    @MethodSource("broken")
    void aFieldThatBreaksItsRuleIsNoCommand(Supplier<SettingsChange> change) {
        assertThatExceptionOfType(InvalidField.class).isThrownBy(change::get);
    }

    /** A time to expire at is still to come. */
    @Test
    void anExpiryInThePastIsNoCommand() {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new ChangeSettings(TOKEN, expiresAt(NOW), CONTEXT))
                .withMessage("expiresAt must be in the future");
    }

    private static Decision<TokenSettings> decide(List<TokenEvent> history, SettingsChange change) {
        return SettingsDecider.decide(
                Histories.after(history), new ChangeSettings(TOKEN, change, CONTEXT));
    }

    private static List<Object> events(List<TokenEvent> history, SettingsChange change) {
        Decision.Accepted<TokenSettings> accepted =
                (Decision.Accepted<TokenSettings>) decide(history, change);
        return List.copyOf(accepted.events());
    }

    private static List<TokenEvent> and(List<TokenEvent> history, TokenEvent... more) {
        List<TokenEvent> events = new ArrayList<>(history);
        events.addAll(List.of(more));
        return events;
    }

    /** A patch that says nothing yet. */
    private static final class Patch {
        private Change<String> name = Change.none();
        private Change<String> group = Change.none();
        private Change<Long> quotaLimit = Change.none();
        private Change<List<String>> models = Change.none();
        private Change<List<IpRange>> ipAllowlist = Change.none();
        private Change<Instant> expiresAt = Change.none();
        private Change<QuotaPeriod> quotaPeriod = Change.none();
        private Change<List<ModelQuota>> modelQuotas = Change.none();
        private Change<RateLimitsPatch> rateLimits = Change.none();

        static SettingsChange with(Consumer<Patch> said) {
            Patch patch = new Patch();
            said.accept(patch);
            return new SettingsChange(
                    patch.name,
                    patch.group,
                    patch.quotaLimit,
                    patch.models,
                    patch.ipAllowlist,
                    patch.expiresAt,
                    patch.quotaPeriod,
                    patch.modelQuotas,
                    patch.rateLimits);
        }
    }

    private static SettingsChange named(@Nullable String name) {
        return Patch.with(patch -> patch.name = Change.to(name));
    }

    private static SettingsChange group(@Nullable String group) {
        return Patch.with(patch -> patch.group = Change.to(group));
    }

    private static SettingsChange quotaLimit(@Nullable Long quotaLimit) {
        return Patch.with(patch -> patch.quotaLimit = Change.to(quotaLimit));
    }

    private static SettingsChange models(@Nullable List<String> models) {
        return Patch.with(patch -> patch.models = Change.to(models));
    }

    private static SettingsChange ipAllowlist(@Nullable List<IpRange> ipAllowlist) {
        return Patch.with(patch -> patch.ipAllowlist = Change.to(ipAllowlist));
    }

    private static SettingsChange expiresAt(@Nullable Instant expiresAt) {
        return Patch.with(patch -> patch.expiresAt = Change.to(expiresAt));
    }

    private static SettingsChange quotaPeriod(@Nullable QuotaPeriod quotaPeriod) {
        return Patch.with(patch -> patch.quotaPeriod = Change.to(quotaPeriod));
    }

    /** None are no limits. */
    private static SettingsChange modelQuotas(ModelQuota... quotas) {
        return Patch.with(patch ->
                patch.modelQuotas = Change.to(quotas.length == 0 ? null : List.of(quotas)));
    }

    private static SettingsChange rateLimits(Change<Long> requests, Change<Long> units) {
        return rateLimits(Change.to(new RateLimitsPatch(requests, units)));
    }

    private static SettingsChange rateLimits(Change<RateLimitsPatch> rateLimits) {
        return Patch.with(patch -> patch.rateLimits = rateLimits);
    }
}
