package com.tokaify.ledger.query.token;

import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.projection.ViewDatabase;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the clock makes of a token, on a real PostgreSQL. */
class TokenTableIT {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-24T00:00:00Z");
    private static final Instant BEFORE = MIDNIGHT.minus(1, ChronoUnit.MICROS);

    private final ScriptedLedger ledger = new ScriptedLedger(1);
    private final TokenId token = ledger.newTokenId();
    private final ViewDatabase database = new ViewDatabase();
    private final TokenTable tokens = new TokenTable(database.source());
    private final TokenList list = new TokenList(database.source());

    @BeforeEach
    void aTokenThatHasUsedUpItsDay() {
        happens(
                tokenCreated(
                        ledger.newAccountId(),
                        "daily",
                        "default",
                        new Restrictions(10L, null, null, null)),
                new QuotaConsumed("u1", 5, "gpt-a", 5, false),
                new ModelQuotasChanged(List.of(new ModelQuota("gpt-a", 20))),
                new QuotaPeriodChanged(new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC")),
                new QuotaPeriodStarted(MIDNIGHT.minus(1, ChronoUnit.DAYS), MIDNIGHT, 5),
                new QuotaConsumed("u2", 12, "gpt-a", 17, true));
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Until the last instant of the period all that was consumed in it counts. */
    @Test
    void whatWasConsumedCountsUntilThePeriodEnds() {
        assertShown(BEFORE, TokenStatus.EXHAUSTED, 12, 0, MIDNIGHT);
    }

    /** At the very instant a period ends nothing counts, and the next one's end is told. */
    @Test
    void nothingCountsFromTheInstantThePeriodEnds() {
        assertShown(MIDNIGHT, TokenStatus.ENABLED, 0, 10, MIDNIGHT.plus(1, ChronoUnit.DAYS));
        Instant weekLater = MIDNIGHT.plus(7, ChronoUnit.DAYS);
        assertShown(weekLater, TokenStatus.ENABLED, 0, 10, weekLater.plus(1, ChronoUnit.DAYS));
    }

    /** Once a period is begun by an event, that is what counts. */
    @Test
    void theNextPeriodCountsItsOwn() {
        happens(
                new QuotaPeriodStarted(MIDNIGHT, MIDNIGHT.plus(1, ChronoUnit.DAYS), 17),
                new QuotaConsumed("u3", 4, "gpt-a", 21, false));

        assertShown(MIDNIGHT, TokenStatus.ENABLED, 4, 6, MIDNIGHT.plus(1, ChronoUnit.DAYS));
    }

    private void assertShown(
            Instant now, TokenStatus status, long consumed, long remaining, Instant periodEndsAt) {
        TokenItem shown = tokens.find(token, now).orElseThrow().item();

        assertThat(shown.status()).isEqualTo(status);
        assertThat(shown.consumed()).isEqualTo(consumed);
        assertThat(shown.remaining()).isEqualTo(remaining);
        assertThat(shown.periodEndsAt()).isEqualTo(periodEndsAt);
        assertThat(shown.modelQuotas()).containsExactly(new ModelUse("gpt-a", 20, consumed));
        assertThat(TokenItem.then(tokens.load(List.of(token)).getFirst(), now))
                .as("as history says it")
                .usingRecursiveComparison()
                .ignoringFields("asOf")
                .isEqualTo(shown);
        for (TokenStatus asked : TokenStatus.values()) {
            TokenPage page =
                    list.page(
                            Queries.of("status", asked.toString()), new Scope.EveryAccount(), now);
            assertThat(page.items())
                    .as("listed as %s", asked)
                    .isEqualTo(asked == status ? List.of(shown) : List.of());
            assertThat(page.total()).isEqualTo(asked == status ? 1 : 0);
        }
    }

    private void happens(LedgerEvent... events) {
        List<RecordedEvent> recorded = new ArrayList<>();
        for (LedgerEvent event : events) {
            recorded.add(ledger.record(token, event));
        }
        database.book(recorded);
    }
}
