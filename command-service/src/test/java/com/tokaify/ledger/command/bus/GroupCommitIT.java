package com.tokaify.ledger.command.bus;

import static com.tokaify.ledger.command.LedgerInstance.PARTITIONING;
import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.hash;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.command.EventOrder;
import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.bus.CommandResult.Refused;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenCommand.Enabled;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The group-commit command bus of one and of two instances over one real store. */
class GroupCommitIT {
    /** A command that nobody handles: the batch it is in throws. */
    private record Unheard(TokenId stream, CommandContext context) implements LedgerCommand<Done> {}

    private static final LedgerDatabase DATABASE = LedgerInfrastructure.get().newLedgerDatabase();

    private static LedgerInstance one;
    private static LedgerInstance other;
    private static long tokens;

    @BeforeAll
    static void start() {
        one = new LedgerInstance(DATABASE);
        other = new LedgerInstance(DATABASE);
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        other.close();
        assertThat(new EventOrder(PARTITIONING).problems(LedgerInstance.stored(DATABASE)))
                .isEmpty();
    }

    /** What one command throws is its own: the others of its batch are decided and stored. */
    @Test
    void aCommandThatThrowsFailsAlone() throws Exception {
        List<TokenId> batch = tokensOfOneLane(20);
        List<CompletableFuture<? extends CommandResult<?>>> results = new ArrayList<>();
        try (HeldLane _ = new HeldLane(one, batch.getFirst())) {
            for (int i = 0; i < batch.size(); i++) {
                TokenId token = batch.get(i);
                results.add(one.ledger().send(consume(token, "u1", 5)));
                if (i % 7 == 3) {
                    results.add(one.ledger().send(new Unheard(token, CONTEXT)));
                }
            }
        }
        int thrown = 0;
        for (CompletableFuture<? extends CommandResult<?>> result : results) {
            try {
                assertThat(result.get(30, TimeUnit.SECONDS)).isInstanceOf(Committed.class);
            } catch (ExecutionException e) {
                assertThat(e)
                        .hasRootCauseInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("nobody handles");
                thrown++;
            }
        }
        assertThat(thrown).isEqualTo(3);
        for (TokenId token : batch) {
            assertThat(consumed(token)).extracting(QuotaConsumed::totalAfter).containsExactly(5L);
        }
    }

    /** A refusal is one command's own, and leaves no event. */
    @Test
    void aRefusedCommandIsRefusedAlone() throws Exception {
        List<TokenId> batch = tokensOfOneLane(20);
        TokenId disabled = batch.get(10);
        one.send(new DisableToken(disabled, null, CONTEXT));
        List<CompletableFuture<CommandResult<Consumption>>> results = new ArrayList<>();
        try (HeldLane _ = new HeldLane(one, batch.getFirst())) {
            for (TokenId token : batch) {
                results.add(one.ledger().send(consume(token, "u1", 5)));
            }
        }
        for (int i = 0; i < batch.size(); i++) {
            CommandResult<Consumption> result = results.get(i).get(30, TimeUnit.SECONDS);
            if (batch.get(i).equals(disabled)) {
                assertThat(result)
                        .isEqualTo(new Refused<>(Refusal.TOKEN_DISABLED, "The token is disabled."));
                assertThat(consumed(disabled)).isEmpty();
            } else {
                assertThat(result).isInstanceOf(Committed.class);
            }
        }
    }

    /**
     * Two instances consume from one token as fast as they can: whoever is second reads what the
     * first wrote and decides again. The sum is exact and the cap holds to the unit.
     */
    @Test
    void theCapHoldsUnderTwoInstances() throws Exception {
        TokenId token = newToken(100L);
        List<CompletableFuture<CommandResult<Consumption>>> results = new ArrayList<>();
        long booked = 0;
        for (int i = 0; i < 60; i++) {
            LedgerInstance instance = i % 2 == 0 ? one : other;
            results.add(instance.ledger().send(consume(token, "u" + i, 3)));
        }
        for (CompletableFuture<CommandResult<Consumption>> result : results) {
            try {
                switch (result.get(30, TimeUnit.SECONDS)) {
                    case Committed<Consumption> committed -> booked += committed.answer().amount();
                    case Refused<Consumption> refused ->
                            assertThat(refused.refusal()).isEqualTo(Refusal.QUOTA_EXHAUSTED);
                }
            } catch (ExecutionException e) {
                // Ten defeats in a row: told to come again, and not booked.
                assertThat(e).hasCauseInstanceOf(LedgerUnavailable.class);
            }
        }
        List<QuotaConsumed> stored = consumed(token);
        assertThat(stored.stream().mapToLong(QuotaConsumed::amount).sum()).isEqualTo(booked);
        assertThat(stored.getLast().totalAfter()).isEqualTo(booked);
        assertThat(booked).isLessThanOrEqualTo(100);
        assertThat(stored).noneMatch(QuotaConsumed::overrun);
        while (one.send(consume(token, "rest" + booked, 1)) instanceof Committed<Consumption>) {
            booked++;
        }
        assertThat(booked).isEqualTo(100);
        assertThat(eventsOf(token, EventType.QUOTA_EXHAUSTED))
                .extracting(event -> EventCodec.decode(event).event())
                .containsExactly(new QuotaExhausted(100, 100));
    }

    /** What another instance changed is seen, also where the decision makes no event. */
    @Test
    void aDecisionWithoutAnEventKnowsWhatTheOtherInstanceDid() throws Exception {
        TokenId token = newToken(100L);
        one.send(new EnableToken(token, CONTEXT));
        other.send(new DisableToken(token, null, CONTEXT));

        CommandResult<Enabled> enabled = one.send(new EnableToken(token, CONTEXT));

        assertThat(enabled).isInstanceOf(Committed.class);
        assertThat(eventsOf(token, EventType.TOKEN_ENABLED)).hasSize(1);
        assertThat(other.send(consume(token, "u1", 1))).isInstanceOf(Committed.class);
        other.send(new DisableToken(token, null, CONTEXT));
        one.send(new DisableToken(token, null, CONTEXT));
        other.send(new EnableToken(token, CONTEXT));
        assertThat(one.send(consume(token, "u2", 1))).isInstanceOf(Committed.class);
    }

    /** A usage id is booked once however often, and by whichever instance, it comes at a time. */
    @Test
    void oneUsageSentFiftyTimesIsBookedOnce() throws Exception {
        TokenId token = newToken(1_000L);
        List<CompletableFuture<CommandResult<Consumption>>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            LedgerInstance instance = i % 5 == 0 ? other : one;
            results.add(instance.ledger().send(consume(token, "u1", 7)));
        }
        Position position = null;
        for (CompletableFuture<CommandResult<Consumption>> result : results) {
            Committed<Consumption> committed =
                    (Committed<Consumption>) result.get(30, TimeUnit.SECONDS);
            assertThat(committed.answer()).isEqualTo(new Consumption(token, "u1", 7, 7, 993L));
            position = committed.position();
        }
        List<StoredEvent> events = eventsOf(token, EventType.QUOTA_CONSUMED);
        assertThat(events).hasSize(1);
        assertThat(position).isNotNull();
        assertThat(one.send(consume(token, "u1", 7)))
                .isEqualTo(
                        new Committed<>(
                                new Consumption(token, "u1", 7, 7, 993L),
                                events.getFirst().position(),
                                1));
    }

    /** The same usage id for another amount is a conflict, in one batch and over instances. */
    @Test
    void aUsageIdWithAnotherAmountIsAConflict() throws Exception {
        TokenId token = newToken(1_000L);
        CompletableFuture<CommandResult<Consumption>> first;
        CompletableFuture<CommandResult<Consumption>> second;
        try (HeldLane _ = new HeldLane(one, token)) {
            first = one.ledger().send(consume(token, "u1", 7));
            second = one.ledger().send(consume(token, "u1", 8));
        }
        assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(Committed.class);
        Refused<Consumption> conflict =
                new Refused<>(
                        Refusal.USAGE_ID_CONFLICT, "The usage u1 was booked before with amount 7.");
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(conflict);
        assertThat(other.send(consume(token, "u1", 8))).isEqualTo(conflict);
        assertThat(consumed(token)).hasSize(1);
    }

    /**
     * A lane that has long seen no repetition does not look for any. One that comes all the same is
     * answered as the first time, and what shares its batch is booked once.
     */
    @Test
    void aRepetitionNobodyExpectsIsBookedOnce() throws Exception {
        List<TokenId> batch = tokensOfOneLane(20);
        TokenId repeated = batch.get(10);
        other.send(consume(repeated, "u1", 5));
        try (LedgerInstance trusting = trusting(batch.getLast())) {
            for (int round = 0; round < 2; round++) {
                List<CompletableFuture<CommandResult<Consumption>>> results = new ArrayList<>();
                try (HeldLane _ = new HeldLane(trusting, batch.getFirst())) {
                    for (TokenId token : batch.subList(0, 19)) {
                        results.add(trusting.ledger().send(consume(token, "u1", 5)));
                    }
                }
                for (int i = 0; i < results.size(); i++) {
                    assertThat(results.get(i).get(30, TimeUnit.SECONDS))
                            .isInstanceOfSatisfying(
                                    Committed.class,
                                    committed -> assertThat(committed.sequence()).isEqualTo(1L));
                    assertThat(consumed(batch.get(i)))
                            .extracting(QuotaConsumed::totalAfter)
                            .containsExactly(5L);
                }
            }
        }
    }

    /** Usage that took the last unit is answered as booked when it comes again, not as refused. */
    @Test
    void aRepetitionThatWouldBeRefusedNowIsAnsweredAsTheFirstTime() throws Exception {
        TokenId token = tokensOfOneLane(1).getFirst();
        other.send(consume(token, "last", 100));
        try (LedgerInstance trusting = trusting(tokensOfOneLane(1).getFirst())) {
            assertThat(trusting.send(consume(token, "last", 100)))
                    .isInstanceOfSatisfying(
                            Committed.class,
                            committed ->
                                    assertThat(committed.answer())
                                            .isEqualTo(
                                                    new Consumption(token, "last", 100, 100, 0L)));
            assertThat(trusting.send(consume(token, "more", 1)))
                    .isEqualTo(
                            new Refused<>(
                                    Refusal.QUOTA_EXHAUSTED,
                                    "The token has 0 units left, 1 are needed."));
        }
        assertThat(consumed(token)).hasSize(1);
    }

    /** An instance whose one lane has decided so much that it no longer looks for repetitions. */
    private static LedgerInstance trusting(TokenId token) throws Exception {
        LedgerInstance instance = new LedgerInstance(DATABASE, 1, 4_096);
        List<ConsumeQuota> disabled = new ArrayList<>();
        instance.send(new DisableToken(token, null, CONTEXT));
        for (int i = 0; i < Recollection.CAREFUL_COMMANDS; i++) {
            disabled.add(consume(token, "refused" + i, 1));
        }
        instance.bus()
                .submit(PARTITIONING.partitionOf(token), disabled, WorkWrites.NONE)
                .get(60, TimeUnit.SECONDS);
        return instance;
    }

    /** Each answer tells where its own last event stands, also within a batch. */
    @Test
    void anAnswerTellsWhereItsOwnEventStands() throws Exception {
        TokenId token = newToken(1_000L);
        List<CompletableFuture<CommandResult<Consumption>>> results = new ArrayList<>();
        try (HeldLane _ = new HeldLane(one, token)) {
            for (int i = 0; i < 10; i++) {
                results.add(one.ledger().send(consume(token, "u" + i, 1)));
            }
        }
        List<Committed<Consumption>> answers = new ArrayList<>();
        for (CompletableFuture<CommandResult<Consumption>> result : results) {
            answers.add((Committed<Consumption>) result.get(30, TimeUnit.SECONDS));
        }
        List<StoredEvent> events = eventsOf(token, EventType.QUOTA_CONSUMED);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).position()).isEqualTo(events.get(i).position());
            assertThat(answers.get(i).sequence()).isEqualTo(events.get(i).sequence());
        }
    }

    /** A gate that is not open lets nothing through, and says why. */
    @Test
    void aClosedOrHaltedGateRefuses() throws Exception {
        TokenId token = newToken(null);
        LedgerGate gate = new LedgerGate();
        assertThatThrownBy(gate::pass)
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessage("The ledger is starting and waits for the start-up checks.");
        try (LedgerInstance halted = new LedgerInstance(DATABASE)) {
            halted.gate().halt(new IllegalStateException("a test said so"));
            assertThatThrownBy(() -> halted.send(consume(token, "u1", 1)))
                    .hasCauseInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("halted until an operator has looked");
            assertThatThrownBy(() ->
                            halted.bus()
                                    .submit(
                                            PARTITIONING.partitionOf(token),
                                            List.of(consume(token, "u1", 1)),
                                            _ -> List.of())
                                    .get())
                    .hasCauseInstanceOf(LedgerUnavailable.class);
            halted.gate().open();
            assertThat(halted.gate().state())
                    .isEqualTo(new LedgerGate.State.Halted("a test said so"));
        }
        assertThat(consumed(token)).isEmpty();
    }

    /** A full lane says so at once; what was taken is done. */
    @Test
    void aFullLaneRefusesWhatItCannotTake() throws Exception {
        TokenId token = newToken(null);
        try (LedgerInstance small = new LedgerInstance(DATABASE, 1, 10)) {
            List<CompletableFuture<CommandResult<Consumption>>> taken = new ArrayList<>();
            CompletableFuture<CommandResult<Consumption>> tooMany;
            try (HeldLane _ = new HeldLane(small, token)) {
                for (int i = 0; i < 10; i++) {
                    taken.add(small.ledger().send(consume(token, "u" + i, 1)));
                }
                tooMany = small.ledger().send(consume(token, "u10", 1));
                assertThat(tooMany).isCompletedExceptionally();
            }
            assertThatThrownBy(tooMany::get)
                    .hasCauseInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("Too many commands wait already.");
            for (CompletableFuture<CommandResult<Consumption>> each : taken) {
                assertThat(each.get(30, TimeUnit.SECONDS)).isInstanceOf(Committed.class);
            }
        }
        assertThat(consumed(token)).hasSize(10);
    }

    /** Closing finishes what was taken, and takes nothing more. */
    @Test
    void closingFinishesWhatWaits() throws Exception {
        TokenId token = newToken(null);
        List<CompletableFuture<CommandResult<Consumption>>> taken = new ArrayList<>();
        LedgerInstance ending = new LedgerInstance(DATABASE);
        for (int i = 0; i < 50; i++) {
            taken.add(ending.ledger().send(consume(token, "u" + i, 1)));
        }
        ending.close();
        assertThat(taken).allMatch(CompletableFuture::isDone);
        assertThat(consumed(token)).hasSize(50);
        assertThatThrownBy(() -> ending.send(consume(token, "u50", 1)))
                .hasCauseInstanceOf(LedgerUnavailable.class);
    }

    /** Keeps a lane busy with a side write, so that what is sent meanwhile becomes one batch. */
    private static final class HeldLane implements AutoCloseable {
        private final CountDownLatch release = new CountDownLatch(1);

        HeldLane(LedgerInstance instance, TokenId token) throws InterruptedException {
            CountDownLatch held = new CountDownLatch(1);
            SideWrite wait =
                    _ -> {
                        held.countDown();
                        try {
                            assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    };
            CompletableFuture<?> _ =
                    instance.bus()
                            .submit(PARTITIONING.partitionOf(token), List.of(), _ -> List.of(wait));
            assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            release.countDown();
        }
    }

    /** New tokens of one partition, so that their commands meet in one batch. */
    private static List<TokenId> tokensOfOneLane(int count) throws Exception {
        List<TokenId> batch = new ArrayList<>();
        while (batch.size() < count) {
            TokenId token = tokenId(++tokens);
            if (PARTITIONING.partitionOf(token) == 5) {
                create(token, 100L);
                batch.add(token);
            }
        }
        return batch;
    }

    private static TokenId newToken(@Nullable Long quotaLimit) throws Exception {
        TokenId token = tokenId(++tokens);
        create(token, quotaLimit);
        return token;
    }

    private static void create(TokenId token, @Nullable Long quotaLimit) throws Exception {
        assertThat(
                        one.send(
                                new CreateToken(
                                        token,
                                        ACCOUNT,
                                        "ci",
                                        "default",
                                        limit(quotaLimit),
                                        hash(token),
                                        MASK,
                                        CONTEXT)))
                .isInstanceOf(Committed.class);
    }

    private static ConsumeQuota consume(TokenId token, String usageId, long amount) {
        return new ConsumeQuota(token, usageId, amount, null, Booking.STRICT, CONTEXT);
    }

    private static List<StoredEvent> eventsOf(TokenId token, EventType type) throws Exception {
        return LedgerInstance.stored(DATABASE).stream()
                .filter(event -> event.stream().equals(token) && event.type() == type)
                .toList();
    }

    private static List<QuotaConsumed> consumed(TokenId token) throws Exception {
        return eventsOf(token, EventType.QUOTA_CONSUMED).stream()
                .map(event -> (QuotaConsumed) EventCodec.decode(event).event())
                .toList();
    }
}
