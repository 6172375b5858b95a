package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.HASH;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.decision.Change;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecallingCommand;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.command.token.SecretCommand.RevealSecret;
import com.tokaify.ledger.command.token.SecretCommand.RotateSecret;
import com.tokaify.ledger.command.token.SettingsCommand.ChangeSettings;
import com.tokaify.ledger.command.token.SettingsCommand.ReadSettings;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DeleteToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenCommand.ExpireToken;
import com.tokaify.ledger.command.token.UsageCommand.Refund;
import com.tokaify.ledger.command.token.UsageCommand.RefundUsage;
import com.tokaify.ledger.command.token.UsageCommand.StartQuotaPeriod;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
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
 * Random lives of a token, each from a seed that a failure names, held against {@link NaiveBooks},
 * which add up the list of events over and over.
 */
class TokenPropertiesTest {
    private static final int LIVES = 300;
    private static final int STEPS = 200;

    static LongStream seeds() {
        return LongStream.range(0, LIVES);
    }

    /**
     * The total is the sum of what was booked and given back; strict consumption never takes what
     * counts above a limit; each end is said once until something is left again; and a token
     * restored from a snapshot decides exactly as one that was replayed.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theBooksBalanceUnderAnyCommands(long seed) {
        Life life = new Life(seed);
        for (int step = 0; step < STEPS; step++) {
            life.randomStep();
        }
    }

    private static final class Life {
        private static final List<String> MODELS = List.of("a", "b", "c");
        private static final List<QuotaPeriod> PERIODS =
                List.of(
                        new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC"),
                        new QuotaPeriod(QuotaPeriod.Every.DAY, "Europe/Berlin"),
                        new QuotaPeriod(QuotaPeriod.Every.WEEK, "Asia/Shanghai"));

        private final long seed;
        private final Random random;
        private final NaiveBooks books;
        private final Map<OnceKey, RecordedFact> facts = new HashMap<>();
        private final List<ConsumeQuota> consumptions = new ArrayList<>();
        private TokenState state = new TokenState.Unborn();
        private TokenState restored = state;
        private Instant now = NOW;

        private Life(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.books = new NaiveBooks("seed " + seed);
            TokenSettings settings =
                    new TokenSettings(
                            "ci",
                            "default",
                            randomLimit(),
                            null,
                            null,
                            null,
                            randomPeriod(),
                            randomModelQuotas(),
                            randomRateLimits());
            send(new CreateToken(TOKEN, ACCOUNT, settings, HASH, MASK, null, context()));
        }

        private void randomStep() {
            passTime();
            switch (random.nextInt(20)) {
                case 0 -> send(new DisableToken(TOKEN, null, context()));
                case 1, 2 -> send(new EnableToken(TOKEN, context()));
                case 3 -> send(new ExpireToken(TOKEN, context()));
                case 4 -> send(new StartQuotaPeriod(TOKEN, context()));
                case 5, 6 -> send(new ChangeSettings(TOKEN, randomChange(), context()));
                case 7 -> secret();
                case 8, 9 -> refund();
                case 10 -> repeat();
                case 11, 12 -> consume(Booking.HAPPENED);
                default -> consume(Booking.STRICT);
            }
            if (random.nextInt(400) == 0) {
                send(new DeleteToken(TOKEN, context()));
            }
            if (state instanceof TokenState.Live live && random.nextInt(5) == 0) {
                restored = Token.read(Token.write(live));
            }
        }

        /** Hours go by, sometimes weeks; sometimes the clock is set back. */
        private void passTime() {
            long minutes =
                    switch (random.nextInt(20)) {
                        case 0 -> -random.nextLong(3 * 60);
                        case 1 -> random.nextLong(20 * 24 * 60);
                        default -> random.nextLong(3 * 60);
                    };
            now = now.plusSeconds(60 * minutes);
        }

        private void consume(Booking booking) {
            ConsumeQuota command =
                    new ConsumeQuota(
                            TOKEN,
                            "u" + consumptions.size(),
                            1 + random.nextInt(100),
                            random.nextInt(4) == 0 ? null : randomModel(),
                            booking,
                            context());
            consumptions.add(command);
            switch (send(command)) {
                case Decision.Accepted<?> accepted -> {
                    Consumption answer = (Consumption) accepted.answer();
                    assertThat(answer.total()).as(at()).isEqualTo(books.total());
                    if (state instanceof TokenState.Live) {
                        assertThat(answer.remaining()).as(at()).isEqualTo(books.remaining());
                    }
                    if (booking == Booking.STRICT) {
                        books.assertNotAbove(command.model());
                    }
                }
                case Decision.Refused<?> _ -> {
                    if (booking == Booking.STRICT) {
                        books.assertMayBeRefused(command, now);
                    } else {
                        throw new AssertionError(at() + ": what has happened was refused");
                    }
                }
            }
        }

        /** A usage that was booked before makes no event. */
        private void repeat() {
            if (!consumptions.isEmpty()) {
                ConsumeQuota before = consumptions.get(random.nextInt(consumptions.size()));
                RecordedFact fact = facts.get(OnceKey.ofUsage(TOKEN, before.usageId()));
                if (fact != null) {
                    Decision<?> again = send(before);
                    assertThat(again).as(at()).isInstanceOf(Decision.Accepted.class);
                    Decision.Accepted<?> accepted = (Decision.Accepted<?>) again;
                    assertThat(accepted.events()).as(at()).isEmpty();
                    assertThat(((Consumption) accepted.answer()).total())
                            .as(at())
                            .isEqualTo(((TokenEvent.QuotaConsumed) fact.event()).totalAfter());
                }
            }
        }

        private void refund() {
            String usageId = "u" + random.nextInt(consumptions.size() + 1);
            RefundUsage command =
                    new RefundUsage(TOKEN, usageId, 1 + random.nextInt(60), "mistake", context());
            if (send(command) instanceof Decision.Accepted<?> accepted
                    && !accepted.events().isEmpty()) {
                Refund answer = (Refund) accepted.answer();
                assertThat(answer.total()).as(at()).isEqualTo(books.total());
            }
        }

        private void secret() {
            if (random.nextBoolean()) {
                send(new RevealSecret(TOKEN, RevealedAs.SECRET, true, context()));
            } else {
                LookupHash hash = new LookupHash(random.nextInt(20), 0, 0, 0);
                send(new RotateSecret(TOKEN, hash, MASK, null, context()));
            }
        }

        private SettingsChange randomChange() {
            return new SettingsChange(
                    maybe(random.nextBoolean() ? "ci" : "other"),
                    maybe(random.nextBoolean() ? "default" : "vip"),
                    maybe(randomLimit()),
                    maybe(random.nextBoolean() ? null : MODELS.subList(0, 1 + random.nextInt(3))),
                    Change.none(),
                    maybe(
                            random.nextInt(3) == 0
                                    ? now.plusSeconds(1 + random.nextInt(200_000))
                                    : null),
                    maybe(randomPeriod()),
                    maybe(randomModelQuotas()),
                    maybe(
                            random.nextBoolean()
                                    ? null
                                    : new RateLimitsPatch(
                                            maybe(randomRate()), maybe(randomRate()))));
        }

        private <T> Change<T> maybe(@Nullable T value) {
            return random.nextInt(3) == 0 ? Change.to(value) : Change.none();
        }

        private @Nullable Long randomLimit() {
            return random.nextInt(5) == 0 ? null : (long) random.nextInt(600);
        }

        private @Nullable QuotaPeriod randomPeriod() {
            return random.nextInt(3) == 0 ? null : PERIODS.get(random.nextInt(PERIODS.size()));
        }

        private @Nullable List<ModelQuota> randomModelQuotas() {
            List<ModelQuota> quotas = new ArrayList<>();
            for (String model : MODELS) {
                if (random.nextBoolean()) {
                    quotas.add(new ModelQuota(model, random.nextInt(300)));
                }
            }
            return quotas.isEmpty() ? null : quotas;
        }

        private RateLimits randomRateLimits() {
            return new RateLimits(randomRate(), randomRate());
        }

        private @Nullable Long randomRate() {
            return random.nextBoolean() ? null : 1L + random.nextInt(3);
        }

        private String randomModel() {
            return MODELS.get(random.nextInt(MODELS.size()));
        }

        private CommandContext context() {
            return new CommandContext(now, Actor.system("life"), "request-1");
        }

        /** As the bus does: recalls what is recorded, decides, and lets happen what was decided. */
        private Decision<?> send(TokenCommand<?> command) {
            TokenCommand<?> told = command;
            if (command instanceof RecallingCommand<?> recalling) {
                Map<OnceKey, RecordedFact> known = new HashMap<>(facts);
                known.keySet().retainAll(recalling.recalls());
                LedgerCommand<?> knowing = known.isEmpty() ? recalling : recalling.knowing(known);
                told = (TokenCommand<?>) knowing;
            }
            Decision<?> decision = decide(state, told);
            assertThat(decide(restored, told)).as(at()).isEqualTo(decision);
            if (decision instanceof Decision.Accepted<?> accepted) {
                accepted.events().forEach(this::happen);
                books.assertEveryEndIsSaid();
            }
            return decision;
        }

        private void happen(LedgerEvent event) {
            TokenEvent tokenEvent = (TokenEvent) event;
            long sequence = books.happens(tokenEvent, now);
            OnceKey.of(TOKEN, event)
                    .ifPresent(key -> facts.put(key, new RecordedFact(TOKEN, sequence, event)));
            state = TokenState.evolve(state, tokenEvent, sequence);
            restored = TokenState.evolve(restored, tokenEvent, sequence);
        }

        private static Decision<?> decide(TokenState state, TokenCommand<?> command) {
            return switch (command) {
                case CreateToken create -> TokenDecider.decide(state, create);
                case EnableToken enable -> TokenDecider.decide(state, enable);
                case DisableToken disable -> TokenDecider.decide(state, disable);
                case DeleteToken delete -> TokenDecider.decide(state, delete);
                case ExpireToken expire -> TokenDecider.decide(state, expire);
                case ConsumeQuota consume -> UsageDecider.decide(state, consume);
                case RefundUsage refund -> UsageDecider.decide(state, refund);
                case StartQuotaPeriod start -> UsageDecider.decide(state, start);
                case ChangeSettings change -> SettingsDecider.decide(state, change);
                case ReadSettings read -> SettingsDecider.decide(state, read);
                case RevealSecret reveal -> SecretDecider.decide(state, reveal);
                case RotateSecret rotate -> SecretDecider.decide(state, rotate);
            };
        }

        private String at() {
            return "seed " + seed + ", after " + books.length() + " events";
        }
    }
}
