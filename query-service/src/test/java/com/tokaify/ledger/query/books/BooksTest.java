package com.tokaify.ledger.query.books;

import static com.tokaify.ledger.query.ScriptedLedger.instead;
import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.RevealedAs;
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
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenImported;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.account.AccountState;
import com.tokaify.ledger.query.account.AccountTotals;
import com.tokaify.ledger.query.projection.BrokenStream;
import com.tokaify.ledger.query.token.Counting;
import com.tokaify.ledger.query.token.ModelUse;
import com.tokaify.ledger.query.token.TokenState;
import com.tokaify.ledger.query.token.TokenState.Settings;
import com.tokaify.ledger.query.token.TokenState.Standing;
import com.tokaify.ledger.query.token.TokenState.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fold of tokens and accounts, without a database. */
class BooksTest {
    private static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00Z");
    private static final List<IpRange> RANGES = List.of(IpRange.parse("10.0.0.0/8"));
    private static final Restrictions RESTRICTED =
            new Restrictions(1000L, List.of("gpt-a"), RANGES, EXPIRY);
    private static final String MASK = ScriptedLedger.MASK;
    private static final Settings SETTINGS =
            new Settings("first", "default", RESTRICTED, null, MASK);
    private static final Standing ENABLED = new Standing(true, null, false, false);
    private static final Usage UNUSED = new Usage(0, Counting.PLAIN, null);

    private final ScriptedLedger ledger = new ScriptedLedger(4);
    private final AccountId account = ledger.newAccountId();
    private final TokenId token = ledger.newTokenId();
    private final RecordedEvent created =
            ledger.record(token, tokenCreated(account, "first", "default", RESTRICTED));

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments(
                        new TokenRenamed("second"),
                        new Settings("second", "default", RESTRICTED, null, MASK),
                        ENABLED),
                arguments(
                        new TokenGroupChanged("vip"),
                        new Settings("first", "vip", RESTRICTED, null, MASK),
                        ENABLED),
                arguments(
                        new QuotaLimitChanged(null),
                        restricted(new Restrictions(null, List.of("gpt-a"), RANGES, EXPIRY)),
                        ENABLED),
                arguments(
                        new ModelAccessChanged(List.of("gpt-b", "gpt-c")),
                        restricted(
                                new Restrictions(1000L, List.of("gpt-b", "gpt-c"), RANGES, EXPIRY)),
                        ENABLED),
                arguments(
                        new IpAllowlistChanged(null),
                        restricted(new Restrictions(1000L, List.of("gpt-a"), null, EXPIRY)),
                        ENABLED),
                arguments(
                        new ExpirationChanged(null),
                        restricted(new Restrictions(1000L, List.of("gpt-a"), RANGES, null)),
                        ENABLED),
                arguments(
                        new RateLimitsChanged(new RateLimits(60L, null)),
                        new Settings(
                                "first", "default", RESTRICTED, new RateLimits(60L, null), MASK),
                        ENABLED),
                arguments(
                        new TokenDisabled("leaked"),
                        SETTINGS,
                        new Standing(false, "leaked", false, false)),
                arguments(
                        new TokenExpired(EXPIRY), SETTINGS, new Standing(true, null, true, false)),
                arguments(new TokenDeleted(), SETTINGS, new Standing(true, null, false, true)),
                arguments(
                        new SecretRotated(new LookupHash(5, 6, 7, 8), "sk-new", null),
                        new Settings("first", "default", RESTRICTED, null, "sk-new"),
                        ENABLED));
    }

    /** Each change changes its own fact and no other, and tells when. */
    @ParameterizedTest
    @MethodSource("changes")
    void aChangeChangesItsOwnFactOnly(TokenEvent event, Settings settings, Standing standing) {
        Instant at = ledger.now();

        TokenState state = tokenAfter(event);

        assertThat(state)
                .isEqualTo(
                        new TokenState(
                                token,
                                account,
                                null,
                                settings,
                                standing,
                                UNUSED,
                                created.recordedAt(),
                                at,
                                1));
    }

    static Stream<Arguments> usages() {
        return Stream.of(
                arguments(consumed("u1", 70, 70), new Usage(70, Counting.PLAIN, secondEvent())),
                arguments(refunded("u0", 5, 0), UNUSED),
                arguments(new QuotaExhausted(1000, 1000L), UNUSED),
                arguments(new ModelQuotaExhausted("gpt-a", 10, 10), UNUSED),
                arguments(
                        new QuotaPeriodStarted(Instant.EPOCH, EXPIRY, 0),
                        new Usage(0, new Counting(null, EXPIRY, 0, List.of()), null)),
                arguments(new SecretRevealed(RevealedAs.SECRET), UNUSED));
    }

    /** Using a token, or looking at its secret, is not a change of it. */
    @ParameterizedTest
    @MethodSource("usages")
    void usageLeavesSettingsAndChangedAtAlone(TokenEvent event, Usage usage) {
        TokenState state = tokenAfter(event);

        assertThat(state)
                .isEqualTo(
                        new TokenState(
                                token,
                                account,
                                null,
                                SETTINGS,
                                ENABLED,
                                usage,
                                created.recordedAt(),
                                created.recordedAt(),
                                1));
    }

    static Stream<Arguments> countings() {
        QuotaPeriod weekly = new QuotaPeriod(QuotaPeriod.Every.WEEK, "Asia/Shanghai");
        return Stream.of(
                arguments(new QuotaPeriodChanged(weekly), new Counting(weekly, null, 0, List.of())),
                arguments(
                        new ModelQuotasChanged(List.of(new ModelQuota("gpt-a", 10))),
                        new Counting(null, null, 0, List.of(new ModelUse("gpt-a", 10, 0)))));
    }

    /** Periods and limits of models are chosen by somebody, so giving them is a change. */
    @ParameterizedTest
    @MethodSource("countings")
    void howATokenCountsIsAChangeOfIt(TokenEvent event, Counting counting) {
        Instant at = ledger.now();

        TokenState state = tokenAfter(event);

        assertThat(state.usage()).isEqualTo(new Usage(0, counting, null));
        assertThat(state.changedAt()).isEqualTo(at);
        assertThat(state.settings()).isEqualTo(SETTINGS);
    }

    /** That a token was taken over is told of it, and nothing else of it changes. */
    @Test
    void anImportedTokenTellsWhereItIsFrom() {
        TokenState state = tokenAfter(new TokenImported("new-api", "4711", 500));

        assertThat(state)
                .isEqualTo(
                        new TokenState(
                                token,
                                account,
                                "new-api",
                                SETTINGS,
                                ENABLED,
                                UNUSED,
                                created.recordedAt(),
                                created.recordedAt(),
                                1));
    }

    /** Enabling forgets why the token was disabled; a new expiry takes back that it expired. */
    @Test
    void laterFactsReplaceEarlierOnes() {
        TokenState state =
                tokenAfter(
                        new TokenDisabled("leaked"),
                        new TokenExpired(EXPIRY),
                        new ExpirationChanged(EXPIRY.plusSeconds(60)),
                        new TokenEnabled());

        assertThat(state.standing()).isEqualTo(ENABLED);
        assertThat(state.settings().restrictions().expiresAt()).isEqualTo(EXPIRY.plusSeconds(60));
    }

    /** A batch of many consumptions is one new state and one addition to the account. */
    @Test
    void consumptionsOfABatchCollapseIntoOneStateAndOneAddition() {
        Books books = new Books(List.of(), List.of());
        books.apply(created);
        Instant last = ledger.now();
        for (int i = 1; i <= 1000; i++) {
            last = ledger.now();
            books.apply(ledger.record(token, consumed("u" + i, 3, 3L * i)));
        }
        books.apply(ledger.record(token, refunded("u1", 3, 2997)));

        assertThat(books.tokens())
                .singleElement()
                .extracting(TokenState::usage)
                .isEqualTo(new Usage(2997, Counting.PLAIN, last));
        assertThat(books.additions()).isEqualTo(Map.of(account, new AccountTotals(0, 0, 2997)));
    }

    /** A fold cut in two anywhere ends where the uncut fold ends: nothing depends on batches. */
    @Test
    void whereABatchEndsDoesNotMatter() {
        List<RecordedEvent> events =
                Stream.concat(
                                Stream.of(created),
                                Stream.of(
                                                consumed("u1", 7, 7),
                                                new TokenRenamed("second"),
                                                new TokenDisabled("leaked"),
                                                consumed("u2", 1, 8),
                                                new ModelQuotasChanged(
                                                        List.of(new ModelQuota("gpt-a", 10))),
                                                new QuotaPeriodChanged(
                                                        new QuotaPeriod(
                                                                QuotaPeriod.Every.DAY, "UTC")),
                                                new QuotaPeriodStarted(Instant.EPOCH, EXPIRY, 8),
                                                consumed("u3", 5, 13),
                                                new QuotaRefunded(
                                                        "u1", 7, "gpt-a", "error", false, 6),
                                                new TokenDeleted())
                                        .map(event -> ledger.record(token, event)))
                        .toList();
        Books whole = fold(new Books(List.of(), List.of()), events);

        for (int cut = 0; cut <= events.size(); cut++) {
            Books first = fold(new Books(List.of(), List.of()), events.subList(0, cut));
            Books second =
                    fold(
                            new Books(first.tokens(), first.accounts()),
                            events.subList(cut, events.size()));

            assertThat(second.tokens()).containsExactlyElementsOf(whole.tokens());
            assertThat(sum(first).plus(sum(second))).isEqualTo(sum(whole));
        }
    }

    /** An account's facts come from its own stream; its sums are credits, adjustments, usage. */
    @Test
    void anAccountIsItsEventsAndItsSums() {
        RecordedEvent opened = ledger.record(account, new AccountOpened("Acme"));
        Books books = new Books(List.of(), List.of());

        // The token's partition is ahead: its usage is seen before the account is opened.
        books.apply(created);
        books.apply(ledger.record(token, consumed("u1", 30, 30)));
        books.apply(opened);
        books.apply(ledger.record(account, new BalanceCredited(500, "invoice-1")));
        books.apply(ledger.record(account, new BalanceAdjusted(-20, "goodwill")));
        books.apply(ledger.record(account, new AccountSuspended("unpaid")));

        assertThat(books.accounts())
                .containsExactly(new AccountState(account, "Acme", true, opened.recordedAt(), 3));
        assertThat(books.additions()).isEqualTo(Map.of(account, new AccountTotals(500, -20, 30)));
        assertThat(sum(books).balance()).isEqualTo(450);

        books.apply(ledger.record(account, new AccountResumed()));
        assertThat(books.accounts()).extracting(AccountState::suspended).containsExactly(false);
    }

    static Stream<Arguments> contradictions() {
        ScriptedLedger ledger = new ScriptedLedger(4);
        AccountId account = ledger.newAccountId();
        TokenId token = ledger.newTokenId();
        TokenId other = ledger.newTokenId();
        RecordedEvent created = ledger.record(token, tokenCreated(account, "first"));
        RecordedEvent lost = ledger.record(token, new TokenRenamed("lost"));
        RecordedEvent late = ledger.record(token, new TokenRenamed("late"));
        RecordedEvent opened = ledger.record(account, new AccountOpened("Acme"));
        return Stream.of(
                arguments(List.of(ledger.record(other, new TokenEnabled())), "never created"),
                arguments(List.of(created, created), "event 1 was to come"),
                arguments(
                        List.of(created, instead(lost, tokenCreated(account, "x"))),
                        "exists already"),
                arguments(List.of(created, late), "event 1 was to come"),
                arguments(
                        List.of(ledger.record(ledger.newAccountId(), new AccountResumed())),
                        "never opened"),
                arguments(
                        List.of(opened, ledger.record(account, new AccountOpened("Acme"))),
                        "open already"),
                arguments(
                        List.of(ledger.record(CatalogId.CATALOG, new TokenDeleted())),
                        "another kind of stream"),
                arguments(
                        List.of(created, instead(lost, new GroupDefined("vip", "VIP"))),
                        "another kind of stream"));
    }

    /** A stream that contradicts itself is never folded into a view. */
    @ParameterizedTest
    @MethodSource("contradictions")
    void aContradictionStopsTheFold(List<RecordedEvent> events, String reason) {
        Books books = new Books(List.of(), List.of());
        RecordedEvent last = events.getLast();
        fold(books, events.subList(0, events.size() - 1));

        assertThatThrownBy(() -> books.apply(last))
                .isInstanceOf(BrokenStream.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(last.stream().toString())
                .extracting(e -> ((BrokenStream) e).partition())
                .isEqualTo(last.position().partition());
    }

    private TokenState tokenAfter(TokenEvent... events) {
        Books books = new Books(List.of(), List.of());
        books.apply(created);
        for (TokenEvent event : events) {
            books.apply(ledger.record(token, event));
        }
        return books.tokens().iterator().next();
    }

    private static Books fold(Books books, List<RecordedEvent> events) {
        events.forEach(books::apply);
        return books;
    }

    private static AccountTotals sum(Books books) {
        return books.additions().values().stream().reduce(AccountTotals.ZERO, AccountTotals::plus);
    }

    private static Settings restricted(Restrictions restrictions) {
        return new Settings("first", "default", restrictions, null, MASK);
    }

    private static QuotaConsumed consumed(String usageId, long amount, long totalAfter) {
        return new QuotaConsumed(usageId, amount, "gpt-a", totalAfter, false);
    }

    private static QuotaRefunded refunded(String usageId, long amount, long totalAfter) {
        return new QuotaRefunded(usageId, amount, "gpt-a", "error", true, totalAfter);
    }

    private static Instant secondEvent() {
        return ScriptedLedger.BEGINNING.plusSeconds(1);
    }
}
