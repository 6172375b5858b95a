package com.tokaify.ledger.enforcement.reservation;

import static com.tokaify.ledger.enforcement.TestAccess.GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.decision.Identity;
import com.tokaify.ledger.enforcement.rate.RateMeters;
import com.tokaify.ledger.enforcement.reservation.Stage.Was;
import com.tokaify.ledger.enforcement.usage.PendingUsage;
import com.tokaify.ledger.enforcement.usage.UnitsInFlight;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.Role;
import com.tokaify.ledger.service.access.Scope;
import com.tokaify.ledger.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One instance, or two, on a ledger and a clock that the test plays. */
class ReservationsTest {
    private static final int PARTITIONS = 4;
    private static final long BALANCE = 1000;
    private static final long QUOTA = 100;
    private static final TokenId TOKEN = TestLedger.token(1);
    private static final TokenId SIBLING = TestLedger.token(2);

    private final TestLedger ledger = new TestLedger(PARTITIONS);
    private final TokenSecret secret = TestLedger.newSecret();
    private final TokenSecret siblingSecret = TestLedger.newSecret();
    private final AtomicReference<Instant> now = new AtomicReference<>(TestLedger.NOW);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong nonces = new AtomicLong();
    private long consumed;

    @TempDir private Path folder;
    private Instance instance;

    /** All that one enforcement-service has of this. */
    private final class Instance {
        private final LocalView view = new LocalView(PARTITIONS);
        private final UnitsInFlight units = new UnitsInFlight();
        private final PendingUsage pending =
                new PendingUsage(view, units, Duration.ofMinutes(10), nanos::get);
        private final Guard guard;
        private final Reservations reservations;

        private Instance(Pepper pepper, int maxHeld) {
            guard = new Guard(view, pepper, units, now::get, RateMeters.system());
            reservations =
                    new Reservations(
                            guard,
                            units,
                            pending,
                            pepper,
                            new Actor(Actor.Kind.GATEWAY, "edge-1"),
                            new Reservations.Terms(Duration.ofMinutes(10), maxHeld),
                            now::get,
                            nonces::incrementAndGet);
            view.tellBookedUsage(pending.then(reservations));
        }

        private Decision check(TokenSecret whose, @Nullable String model, long amount) {
            return guard.decide(new GivenSecret(whose.reveal()), new Check(model, null, amount));
        }

        private long remaining() {
            return switch (check(secret, "gpt-5", 1)) {
                case Decision.Identified token -> Objects.requireNonNull(token.remaining());
                case Decision.Unidentified _ -> throw new AssertionError("it is known");
            };
        }
    }

    @BeforeEach
    void aTokenWithAQuota() {
        Pepper pepper = TestLedger.pepper(folder);
        instance = new Instance(pepper, 1000);
        instance.view.apply(
                ledger.record(TestLedger.account(1), new BalanceCredited(BALANCE, "invoice")));
        instance.view.apply(
                ledger.record(
                        TOKEN,
                        TestLedger.created(
                                TestLedger.account(1),
                                new Restrictions(QUOTA, null, null, null),
                                pepper.hash(secret))));
        instance.view.apply(
                ledger.record(
                        SIBLING,
                        TestLedger.created(
                                TestLedger.account(1),
                                Restrictions.NONE,
                                pepper.hash(siblingSecret))));
        instance.view.become(new ViewStatus.Ready());
    }

    /** What is reserved is gone for everybody at once, and back when it is released. */
    @Test
    void reservedUnitsAreSubtractedUntilTheyAreReleased() {
        String id = reserved(70);
        assertThat(instance.remaining()).isEqualTo(30);
        Check any = new Check(null, null, null);
        assertThat(((Identity.Known) instance.guard.identify(TOKEN)).facts(any).remaining())
                .as("who asks by its id is told the same")
                .isEqualTo(30);
        assertThat(instance.check(secret, null, 31).code()).isEqualTo(Code.QUOTA_EXHAUSTED);
        assertThat(reserve(31).decision().code()).isEqualTo(Code.QUOTA_EXHAUSTED);
        assertThat(instance.check(siblingSecret, null, BALANCE - 70).code()).isEqualTo(Code.OK);
        assertThat(instance.check(siblingSecret, null, BALANCE - 69).code())
                .isEqualTo(Code.BALANCE_INSUFFICIENT);

        assertThat(instance.reservations.release(GATEWAY, id)).isEqualTo(new Stage.Released());
        assertThat(instance.reservations.release(GATEWAY, id)).isEqualTo(new Stage.Released());
        assertThat(instance.remaining()).isEqualTo(QUOTA);
    }

    /** A model's own quota is held too, and no other model's. */
    @Test
    void aModelsQuotaIsHeldToo() {
        instance.view.apply(
                ledger.record(
                        TOKEN,
                        new ModelQuotasChanged(
                                List.of(new ModelQuota("a", 10), new ModelQuota("b", 10)))));
        assertThat(reserve("a", 7, null).decision().code()).isEqualTo(Code.OK);
        assertThat(reserve("a", 4, null).decision().code()).isEqualTo(Code.QUOTA_EXHAUSTED);
        assertThat(reserve("a", 3, null).decision().code()).isEqualTo(Code.OK);
        assertThat(reserve("b", 10, null).decision().code()).isEqualTo(Code.OK);
    }

    /** Settled usage stays subtracted until the stream shows it, then counts there, and once. */
    @Test
    void settledUsageCountsOnceAllTheWay() {
        String id = reserved(70);
        Reservation settled = instance.reservations.settle(GATEWAY, id, 60);
        assertThat(settled.stage()).isEqualTo(new Stage.Settled(60, Was.HELD));
        assertThat(instance.remaining()).isEqualTo(40);

        book(Objects.requireNonNull(settled.report()));
        assertThat(instance.remaining()).isEqualTo(40);
        assertThat(instance.reservations.settle(GATEWAY, id, 60).report())
                .isEqualTo(settled.report());
        assertThat(instance.remaining()).as("settling again changes nothing").isEqualTo(40);
    }

    /** What was settled stands; a call that comes again is answered the same. */
    @Test
    void settlingTwiceIsAnsweredTheSameAndNothingElseIsPossible() {
        String id = reserved(70);
        Reservation first = instance.reservations.settle(GATEWAY, id, 60);
        assertThat(first.recorded()).isFalse();
        instance.reservations.recorded(id);
        Reservation again = instance.reservations.settle(GATEWAY, id, 60);
        assertThat(again.report()).isEqualTo(first.report());
        assertThat(again.recorded()).as("it need not be recorded again").isTrue();

        assertThat(problem(() -> instance.reservations.settle(GATEWAY, id, 61))).isEqualTo(409);
        assertThat(problem(() -> instance.reservations.release(GATEWAY, id))).isEqualTo(409);
    }

    /** Usage that has happened is booked after a release and after the time-out too. */
    @Test
    void lateUsageIsTakenAndTheAnswerSaysSo() {
        String released = reserved(10);
        instance.reservations.release(GATEWAY, released);
        assertThat(instance.reservations.settle(GATEWAY, released, 10).stage())
                .isEqualTo(new Stage.Settled(10, Was.RELEASED));

        String expired = reserved(10);
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(10)));
        assertThat(instance.reservations.release(GATEWAY, expired)).isEqualTo(new Stage.Expired());
        assertThat(instance.reservations.settle(GATEWAY, expired, 10).stage())
                .isEqualTo(new Stage.Settled(10, Was.EXPIRED));
        assertThat(instance.remaining()).isEqualTo(QUOTA - 20);
    }

    /** A reservation nobody ends does so by itself, at its own time. */
    @Test
    void aReservationTimesOut() {
        reserved(60);
        instance.reservations.reserve(
                GATEWAY,
                new ReserveRequest(
                        new GivenSecret(secret.reveal()),
                        null,
                        new ReserveRequest.Reserve(
                                new Check(null, null, 5L), 5, Duration.ofSeconds(1))));
        assertThat(instance.remaining()).isEqualTo(35);
        now.updateAndGet(time -> time.plusSeconds(1));
        instance.reservations.expireDue();
        assertThat(instance.remaining()).isEqualTo(40);
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(10)).minusSeconds(2));
        instance.reservations.expireDue();
        assertThat(instance.remaining()).isEqualTo(40);
        now.updateAndGet(time -> time.plusSeconds(1));
        instance.reservations.expireDue();
        assertThat(instance.remaining()).isEqualTo(QUOTA);
    }

    /** Reported usage the ledger never shows is given up after its time-out, not before. */
    @Test
    void usageThatNeverComesBackIsGivenUp() {
        instance.reservations.settle(GATEWAY, reserved(60), 60);
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());
        instance.pending.giveUpOverdue();
        assertThat(instance.remaining()).isEqualTo(40);
        nanos.addAndGet(1);
        instance.pending.giveUpOverdue();
        assertThat(instance.remaining()).isEqualTo(QUOTA);
    }

    /** A request sent again reserves nothing more, also when the first has used up the quota. */
    @Test
    void aRepeatedRequestIsAnsweredTheSame() {
        Reservations.Answer first = reserve(null, QUOTA, "r1");
        assertThat(reserve(null, QUOTA, "r1")).isEqualTo(first);
        assertThat(instance.remaining()).isZero();
        instance.reservations.settle(GATEWAY, Objects.requireNonNull(first.reservation()).id(), 1);
        assertThat(Objects.requireNonNull(reserve(null, QUOTA, "r1").reservation()).id())
                .isEqualTo(first.reservation().id());

        assertThat(problem(() -> reserve(null, QUOTA - 1, "r1"))).isEqualTo(422);
        assertThat(problem(() -> reserve("gpt-5", QUOTA, "r1"))).isEqualTo(422);
        assertThat(reserve(null, 99, "r2").reservation()).isNotNull();
    }

    /** One token's request ids are none of another's. */
    @Test
    void requestIdsAreOfOneToken() {
        String mine = Objects.requireNonNull(reserve(null, 5, "r1").reservation()).id();
        Reservations.Answer other =
                instance.reservations.reserve(
                        GATEWAY,
                        new ReserveRequest(
                                new GivenSecret(siblingSecret.reveal()),
                                "r1",
                                new ReserveRequest.Reserve(new Check(null, null, 9L), 9, null)));
        assertThat(Objects.requireNonNull(other.reservation()).id()).isNotEqualTo(mine);
    }

    /** Any instance settles, under the same usage id, and so does one after a restart. */
    @Test
    void anotherInstanceSettlesUnderTheSameUsageId() {
        String id = reserved(70);
        Instance other = new Instance(TestLedger.pepper(folder), 1);
        Reservation there = other.reservations.settle(GATEWAY, id, 60);
        assertThat(there.stage()).isEqualTo(new Stage.Settled(60, Was.ELSEWHERE));
        Reservation here = instance.reservations.settle(GATEWAY, id, 60);
        assertThat(Objects.requireNonNull(there.report()).usageId())
                .isEqualTo(Objects.requireNonNull(here.report()).usageId());
        assertThat(problem(() -> other.reservations.settle(GATEWAY, id, 61))).isEqualTo(409);
        assertThat(problem(() -> other.reservations.release(GATEWAY, id))).isEqualTo(409);

        book(there.report());
        assertThat(instance.remaining()).as("not twice").isEqualTo(40);

        String second = reserved(5);
        assertThat(other.reservations.release(GATEWAY, second)).isEqualTo(new Stage.Elsewhere());
    }

    /** What the stream shows as settled elsewhere is let go of here, and its amount stands. */
    @Test
    void aBookingOfAnotherInstanceEndsTheReservationHere() {
        String id = reserved(70);
        Instance other = new Instance(TestLedger.pepper(folder), 1);
        book(Objects.requireNonNull(other.reservations.settle(GATEWAY, id, 60).report()));

        assertThat(instance.remaining()).isEqualTo(40);
        assertThat(instance.units.of(TestLedger.account(1), TOKEN).ofAccount()).isZero();
        Reservation again = instance.reservations.settle(GATEWAY, id, 60);
        assertThat(again.stage()).isEqualTo(new Stage.Settled(60, Was.ELSEWHERE));
        assertThat(again.recorded()).isTrue();
        assertThat(problem(() -> instance.reservations.settle(GATEWAY, id, 61))).isEqualTo(409);
        assertThat(problem(() -> instance.reservations.release(GATEWAY, id))).isEqualTo(409);
        assertThat(instance.remaining()).isEqualTo(40);
    }

    /** What nobody has made is no reservation. */
    @Test
    void anUnknownHandleIsNotFound() {
        String id = reserved(70);
        String forged = id.substring(0, 30) + (id.charAt(30) == 'A' ? 'B' : 'A') + id.substring(31);
        assertThat(problem(() -> instance.reservations.settle(GATEWAY, forged, 1))).isEqualTo(404);
        assertThat(problem(() -> instance.reservations.release(GATEWAY, forged))).isEqualTo(404);
        assertThat(problem(() -> instance.reservations.settle(GATEWAY, "", 1))).isEqualTo(404);
        assertThat(instance.remaining()).isEqualTo(30);
    }

    /** What is held is bounded, and the answer says what to do. */
    @Test
    void aHeldReservationMoreThanAllowedIsRefused() {
        instance = withMaxHeld();
        reserved(1);
        assertThat(problem(() -> reserve(1))).isEqualTo(503);
    }

    private Instance withMaxHeld() {
        Pepper pepper = TestLedger.pepper(folder);
        Instance small = new Instance(pepper, 1);
        TestLedger own = new TestLedger(PARTITIONS);
        small.view.apply(own.record(TestLedger.account(1), new BalanceCredited(100, "invoice")));
        small.view.apply(
                own.record(
                        TOKEN,
                        TestLedger.created(
                                TestLedger.account(1), Restrictions.NONE, pepper.hash(secret))));
        small.view.become(new ViewStatus.Ready());
        return small;
    }

    /** More ended ones than are remembered, and the oldest is known by its id alone. */
    @Test
    void endedReservationsAreForgottenInTime() {
        Reservations.Answer first = reserve(null, 1, "r1");
        String id = Objects.requireNonNull(first.reservation()).id();
        instance.reservations.release(GATEWAY, id);
        for (int i = 0; i < Reservations.MAX_ENDED; i++) {
            instance.reservations.release(GATEWAY, reserved(1));
        }
        assertThat(instance.reservations.release(GATEWAY, id)).isEqualTo(new Stage.Elsewhere());
        assertThat(Objects.requireNonNull(reserve(null, 1, "r1").reservation()).id())
                .isNotEqualTo(id);
    }

    /**
     * However many reserve, settle and release at the same time, while the stream brings back what
     * was settled: never is more out than the quota allows, and at the end the books balance.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverIsMoreOutThanTheQuota(long seed) throws Exception {
        int threads = 4;
        AtomicLong out = new AtomicLong();
        AtomicLong most = new AtomicLong();
        ConcurrentLinkedQueue<UsageReport> reported = new ConcurrentLinkedQueue<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads + 1)) {
            List<Future<?>> gateways = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Random random = new Random(seed * 31 + t);
                gateways.add(pool.submit(() -> gateway(random, out, most, reported)));
            }
            Future<?> stream =
                    pool.submit(() -> {
                        while (gateways.stream().anyMatch(each -> !each.isDone())
                                || !reported.isEmpty()) {
                            UsageReport next = reported.poll();
                            if (next != null) {
                                book(next);
                            }
                        }
                    });
            for (Future<?> gateway : gateways) {
                gateway.get();
            }
            stream.get();
        }
        assertThat(most.get()).isLessThanOrEqualTo(QUOTA);
        assertThat(out.get()).as("only what was consumed is out").isEqualTo(consumed);
        assertThat(instance.remaining()).isEqualTo(QUOTA - consumed);
        assertThat(instance.units.of(TestLedger.account(1), TOKEN).ofAccount()).isZero();
    }

    private void gateway(
            Random random,
            AtomicLong out,
            AtomicLong most,
            ConcurrentLinkedQueue<UsageReport> reported) {
        for (int i = 0; i < 2000; i++) {
            long amount = random.nextLong(1, 31);
            Reservation made = reserve(amount).reservation();
            if (made != null) {
                most.accumulateAndGet(out.addAndGet(amount), Math::max);
                if (random.nextInt(20) == 0) {
                    long cost = random.nextLong(1, amount + 1);
                    out.addAndGet(cost - amount);
                    reported.add(
                            Objects.requireNonNull(
                                    instance.reservations
                                            .settle(GATEWAY, made.id(), cost)
                                            .report()));
                } else {
                    out.addAndGet(-amount);
                    instance.reservations.release(GATEWAY, made.id());
                }
            }
        }
    }

    private synchronized void book(UsageReport report) {
        consumed += report.amount();
        instance.view.apply(
                ledger.record(
                        TOKEN,
                        new QuotaConsumed(
                                report.usageId(),
                                report.amount(),
                                report.model(),
                                consumed,
                                false)));
    }

    /** Another account's tokens are none, and its reservations were never made. */
    @Test
    void anotherAccountsReservationsAreNone() {
        Access other =
                new Access(
                        new Actor(Actor.Kind.GATEWAY, "theirs"),
                        Role.GATEWAY,
                        new Scope.OneAccount(TestLedger.account(2)),
                        null);
        Access own =
                new Access(
                        new Actor(Actor.Kind.GATEWAY, "ours"),
                        Role.GATEWAY,
                        new Scope.OneAccount(TestLedger.account(1)),
                        null);
        ReserveRequest request =
                new ReserveRequest(
                        new GivenSecret(secret.reveal()),
                        null,
                        new ReserveRequest.Reserve(new Check(null, null, 5L), 5, null));
        String id = reserved(5);
        long before = instance.remaining();

        assertThat(instance.reservations.reserve(other, request).decision())
                .isEqualTo(new Decision.Unidentified(Code.TOKEN_NOT_FOUND));
        assertThat(problem(() -> instance.reservations.settle(other, id, 5))).isEqualTo(404);
        assertThat(problem(() -> instance.reservations.release(other, id))).isEqualTo(404);
        assertThat(instance.remaining()).isEqualTo(before);

        assertThat(instance.reservations.reserve(own, request).decision().code())
                .isEqualTo(Code.OK);
        Reservation settled = instance.reservations.settle(own, id, 5);
        assertThat(Objects.requireNonNull(settled.report()).reporter())
                .isEqualTo(new Actor(Actor.Kind.GATEWAY, "ours"));
    }

    private String reserved(long amount) {
        Reservations.Answer answer = reserve(amount);
        assertThat(answer.decision().code()).isEqualTo(Code.OK);
        return Objects.requireNonNull(answer.reservation()).id();
    }

    private Reservations.Answer reserve(long amount) {
        return reserve(null, amount, null);
    }

    private Reservations.Answer reserve(
            @Nullable String model, long amount, @Nullable String requestId) {
        return instance.reservations.reserve(
                GATEWAY,
                new ReserveRequest(
                        new GivenSecret(secret.reveal()),
                        requestId,
                        new ReserveRequest.Reserve(new Check(model, null, amount), amount, null)));
    }

    private static int problem(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem().status();
    }
}
