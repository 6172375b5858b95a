package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.limit;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.Samples;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random lives of a token, each from a seed that a failure names. The books kept here are simpler
 * than the ledger's own: sums over the list of events.
 */
class TokenPropertiesTest {
    private static final int LIVES = 300;
    private static final int STEPS = 200;

    static LongStream seeds() {
        return LongStream.range(0, LIVES);
    }

    /** The total is the sum of what was booked, and strict consumption never passes the cap. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theBooksBalanceUnderAnyCommands(long seed) {
        Life life = new Life(seed);
        for (int step = 0; step < STEPS; step++) {
            life.randomCommand();
        }
        life.check();
    }

    /** Limits that move and refunds in between: each time nothing is left, it is said once. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void exhaustionIsSaidOncePerEndOfTheQuota(long seed) {
        Life life = new Life(seed);
        for (int step = 0; step < STEPS; step++) {
            if (life.random.nextInt(4) == 0) {
                life.randomCorrection();
            } else {
                life.randomCommand();
            }
        }
        life.check();
    }

    private static final class Life {
        private final long seed;
        private final Random random;
        private final List<TokenEvent> events = new ArrayList<>();
        private final Map<String, ConsumeQuota> booked = new HashMap<>();
        private TokenState state = new TokenState.Unborn();
        private @Nullable Long limit;
        private int usages;

        private Life(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            limit = randomLimit();
            happen(created(limit(limit)));
        }

        private @Nullable Long randomLimit() {
            return random.nextInt(5) == 0 ? null : (long) random.nextInt(2_000);
        }

        private void happen(LedgerEvent event) {
            TokenEvent tokenEvent = (TokenEvent) event;
            state = TokenState.evolve(state, tokenEvent, events.size());
            events.add(tokenEvent);
        }

        private void randomCommand() {
            switch (random.nextInt(10)) {
                case 0 ->
                        settle(TokenDecider.decide(state, new DisableToken(TOKEN, null, CONTEXT)));
                case 1, 2 -> settle(TokenDecider.decide(state, new EnableToken(TOKEN, CONTEXT)));
                case 3 -> repeat();
                case 4 -> consume(Booking.HAPPENED);
                default -> consume(Booking.STRICT);
            }
        }

        private void consume(Booking booking) {
            ConsumeQuota command =
                    new ConsumeQuota(
                            TOKEN, "u" + usages++, 1 + random.nextInt(100), null, booking, CONTEXT);
            long before = sum();
            Decision<Consumption> decision = UsageDecider.decide(state, command);
            settle(decision);
            if (decision instanceof Decision.Accepted<Consumption> accepted) {
                booked.put(command.usageId(), command);
                assertThat(accepted.answer().total()).as(at()).isEqualTo(sum());
                if (booking == Booking.STRICT && limit != null) {
                    assertThat(sum()).as(at()).isLessThanOrEqualTo(limit);
                }
            } else {
                assertThat(booking).as(at()).isEqualTo(Booking.STRICT);
                assertThat(sum()).as(at()).isEqualTo(before);
            }
        }

        /** A usage that was booked before makes no event. */
        private void repeat() {
            if (booked.isEmpty()) {
                return;
            }
            ConsumeQuota command =
                    booked.values().stream()
                            .skip(random.nextInt(booked.size()))
                            .findFirst()
                            .orElseThrow();
            QuotaConsumed earlier =
                    events.stream()
                            .filter(QuotaConsumed.class::isInstance)
                            .map(QuotaConsumed.class::cast)
                            .filter(each -> each.usageId().equals(command.usageId()))
                            .findFirst()
                            .orElseThrow();
            Decision<Consumption> again =
                    UsageDecider.decide(state, command.knowing(Samples.facts(command, earlier)));
            assertThat(again).as(at()).isInstanceOf(Decision.Accepted.class);
            Decision.Accepted<Consumption> accepted = (Decision.Accepted<Consumption>) again;
            assertThat(accepted.events()).as(at()).isEmpty();
            assertThat(accepted.answer().total()).as(at()).isEqualTo(earlier.totalAfter());
        }

        private void randomCorrection() {
            if (random.nextBoolean()) {
                limit = randomLimit();
                happen(new QuotaLimitChanged(limit));
            } else if (sum() > 0) {
                long amount = 1 + random.nextLong(sum());
                happen(
                        new QuotaRefunded(
                                "r" + usages++, amount, null, "mistake", true, sum() - amount));
            }
        }

        private void settle(Decision<?> decision) {
            if (decision instanceof Decision.Accepted<?> accepted) {
                accepted.events().forEach(this::happen);
            }
        }

        private long sum() {
            long sum = 0;
            for (TokenEvent event : events) {
                if (event instanceof QuotaConsumed consumed) {
                    sum += consumed.amount();
                } else if (event instanceof QuotaRefunded refunded) {
                    sum -= refunded.amount();
                }
            }
            return sum;
        }

        /** Walks through all events once more, with books of its own. */
        private void check() {
            long total = 0;
            Long cap = null;
            boolean said = false;
            boolean enabled = true;
            for (int i = 0; i < events.size(); i++) {
                String where = at() + ", event " + i + " " + events.get(i);
                switch (events.get(i)) {
                    case TokenEvent.TokenCreated created ->
                            cap = created.restrictions().quotaLimit();
                    case QuotaLimitChanged(@Nullable Long changed) -> {
                        cap = changed;
                        said &= cap != null && total >= cap;
                    }
                    case QuotaRefunded refunded -> {
                        total -= refunded.amount();
                        said &= cap != null && total >= cap;
                    }
                    case QuotaConsumed consumed -> {
                        total += consumed.amount();
                        assertThat(consumed.totalAfter()).as(where).isEqualTo(total);
                        assertThat(consumed.overrun())
                                .as(where)
                                .isEqualTo(cap != null && total > cap);
                        boolean next =
                                i + 1 < events.size()
                                        && events.get(i + 1) instanceof QuotaExhausted;
                        assertThat(next)
                                .as(where + " exhausts the quota")
                                .isEqualTo(cap != null && total >= cap && !said);
                    }
                    case QuotaExhausted exhausted -> {
                        assertThat(exhausted.total()).as(where).isEqualTo(total);
                        assertThat(exhausted.quotaLimit()).as(where).isEqualTo(cap);
                        said = true;
                    }
                    case TokenEnabled _ -> {
                        assertThat(enabled).as(where).isFalse();
                        enabled = true;
                    }
                    case TokenDisabled _ -> {
                        assertThat(enabled).as(where).isTrue();
                        enabled = false;
                    }
                    case TokenEvent other ->
                            throw new AssertionError(where + " came from " + other);
                }
            }
            TokenState.Live live = (TokenState.Live) state;
            assertThat(live.enabled()).as(at()).isEqualTo(enabled);
            assertThat(live.quota())
                    .as(at())
                    .isEqualTo(new Quota(cap, null, null, 0, total, said, List.of()));
        }

        private String at() {
            return "seed " + seed;
        }
    }
}
