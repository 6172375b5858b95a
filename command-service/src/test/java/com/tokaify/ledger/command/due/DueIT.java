package com.tokaify.ledger.command.due;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.hash;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.bus.CommandResult.Refused;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DeleteToken;
import com.tokaify.ledger.command.token.TokenSettings;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Time passes, and becomes history. */
class DueIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final QuotaPeriod DAILY = new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC");

    private final LedgerDatabase database = LedgerInfrastructure.get().newLedgerDatabase();
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private long tokens;
    private int usages;

    /**
     * What expired while nobody looked is recorded once somebody does, once, with its own instant,
     * by however many instances; what has not come yet is not.
     */
    @Test
    void tokensThatExpiredMeanwhileAreRecordedOnce() throws Exception {
        try (LedgerInstance one = new LedgerInstance(database);
                LedgerInstance two = new LedgerInstance(database)) {
            TokenId soon = create(one, start.plusSeconds(1));
            TokenId later = create(one, start.plusSeconds(2));
            TokenId notYet = create(one, start.plusSeconds(3_600));
            TokenId never = create(one, null);
            TokenId gone = create(one, start.plusSeconds(1));
            one.send(new DeleteToken(gone, at(start)));

            Clock afterwards = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(60));
            try (DueScanner scanner = scanner(one, afterwards);
                    DueScanner other = scanner(two, afterwards)) {
                scanner.start();
                other.start();
                Await.until(LIMIT, "both are expired", () -> expiries().size() == 2);
                Await.until(LIMIT, "nothing is due", () -> due().equals(List.of(notYet)));
            }

            assertThat(expiriesOf(soon)).containsExactly(new TokenExpired(start.plusSeconds(1)));
            assertThat(expiriesOf(later)).containsExactly(new TokenExpired(start.plusSeconds(2)));
            assertThat(expiriesOf(notYet)).isEmpty();
            assertThat(expiriesOf(never)).isEmpty();
            assertThat(expiriesOf(gone)).isEmpty();
        }
    }

    /**
     * A period that ends becomes history where something was consumed in it, with the borders of
     * the next one; an idle token gets no event, however many periods pass.
     */
    @Test
    void aPeriodThatWasUsedIsFollowedByTheNext() throws Exception {
        try (LedgerInstance instance = new LedgerInstance(database)) {
            TokenId used = createDaily(instance);
            TokenId idle = createDaily(instance);
            assertThat(instance.send(consume(used, start))).isInstanceOf(Committed.class);
            assertThat(instance.send(consume(used, start))).isInstanceOf(Refused.class);

            Instant tomorrow = start.plus(1, ChronoUnit.DAYS);
            Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
            try (DueScanner scanner = scanner(instance, clock)) {
                scanner.start();
                Await.until(LIMIT, "the next period", () -> periodsOf(used).size() == 2);
                Await.until(
                        LIMIT, "only the used one is due again", () -> due().equals(List.of(used)));
            }

            QuotaPeriod.Span next = DAILY.at(tomorrow);
            assertThat(periodsOf(used))
                    .last()
                    .isEqualTo(new QuotaPeriodStarted(next.startsAt(), next.endsAt(), 10));
            assertThat(periodsOf(idle)).hasSize(1);
            assertThat(instance.send(consume(used, tomorrow))).isInstanceOf(Committed.class);
        }
    }

    private TokenId createDaily(LedgerInstance instance) throws Exception {
        TokenId token = tokenId(++tokens);
        instance.send(
                new CreateToken(
                        token,
                        ACCOUNT,
                        new TokenSettings(
                                "daily", "default", 10L, null, null, null, DAILY, null, null),
                        hash(token),
                        MASK,
                        null,
                        at(start)));
        return token;
    }

    private ConsumeQuota consume(TokenId token, Instant at) {
        return new ConsumeQuota(token, "u" + ++usages, 10, null, Booking.STRICT, at(at));
    }

    private List<LedgerEvent> periodsOf(TokenId token) throws Exception {
        return LedgerInstance.stored(database).stream()
                .filter(event -> event.type() == EventType.QUOTA_PERIOD_STARTED)
                .filter(event -> event.stream().equals(token))
                .map(event -> EventCodec.decode(event).event())
                .toList();
    }

    private DueScanner scanner(LedgerInstance instance, Clock clock) {
        return new DueScanner(LedgerInstance.settings(database).writer(), instance.ledger(), clock);
    }

    private TokenId create(LedgerInstance instance, @Nullable Instant expiresAt) throws Exception {
        TokenId token = tokenId(++tokens);
        instance.send(
                new CreateToken(
                        token,
                        ACCOUNT,
                        "ci",
                        "default",
                        new Restrictions(null, null, null, expiresAt),
                        hash(token),
                        MASK,
                        at(start)));
        return token;
    }

    private static CommandContext at(Instant instant) {
        return new CommandContext(instant, new Actor(Actor.Kind.OPERATOR, "sample"), "request-1");
    }

    private List<StoredEvent> expiries() throws Exception {
        return LedgerInstance.stored(database).stream()
                .filter(event -> event.type() == EventType.TOKEN_EXPIRED)
                .toList();
    }

    private List<LedgerEvent> expiriesOf(TokenId token) throws Exception {
        return expiries().stream()
                .filter(event -> event.stream().equals(token))
                .map(event -> EventCodec.decode(event).event())
                .toList();
    }

    private List<TokenId> due() {
        DueTable table =
                new DueTable(JdbcClient.create(LedgerInstance.settings(database).writer()));
        return table.next(start.plusSeconds(1_000_000), 10).stream().map(Due::token).toList();
    }
}
