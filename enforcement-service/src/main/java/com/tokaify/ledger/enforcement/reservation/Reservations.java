package com.tokaify.ledger.enforcement.reservation;

import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.decision.Identity;
import com.tokaify.ledger.enforcement.reservation.Reservation.Origin;
import com.tokaify.ledger.enforcement.reservation.Reservation.RequestKey;
import com.tokaify.ledger.enforcement.usage.PendingUsage;
import com.tokaify.ledger.enforcement.usage.UnitsInFlight;
import com.tokaify.ledger.enforcement.view.UsageListener;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.Scope;
import com.tokaify.ledger.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The reservations of this instance. Deciding and holding are one step under one lock, so that two
 * reservations never both take the last units of a token or of an account; plain checks take no
 * lock and only look at what is in flight. Any number of threads; nothing here waits for disk or
 * network.
 *
 * <p>In memory only, and bounded: no more than a set number are held; of those that have ended the
 * last {@link #MAX_ENDED} are remembered, to answer a call that comes again. A restart forgets all.
 * Then, and at another instance, a reservation's id tells what a settlement needs to know.
 */
public final class Reservations implements UsageListener {
    static final int MAX_ENDED = 50_000;

    private final Guard guard;
    private final UnitsInFlight units;
    private final PendingUsage pending;
    private final Handles handles;
    private final Actor reporter;
    private final Terms terms;
    private final InstantSource clock;
    private final LongSupplier nonces;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Reservation> held = new HashMap<>();
    private final LinkedHashMap<String, Reservation> ended = new LinkedHashMap<>();
    private final Map<RequestKey, String> requests = new HashMap<>();

    /**
     * Those made here and not settled here, by usage id: the view's thread looks without a lock.
     */
    private final ConcurrentMap<String, Reservation> unsettled = new ConcurrentHashMap<>();

    /**
     * @param timeout how long a reservation holds where its request does not say
     * @param maxHeld at a time
     */
    public record Terms(Duration timeout, int maxHeld) {}

    /**
     * @param nonces numbers nobody can guess
     */
    public Reservations(
            Guard guard,
            UnitsInFlight units,
            PendingUsage pending,
            Pepper pepper,
            Actor reporter,
            Terms terms,
            InstantSource clock,
            LongSupplier nonces) {
        this.guard = guard;
        this.units = units;
        this.pending = pending;
        this.handles = new Handles(pepper);
        this.reporter = reporter;
        this.terms = terms;
        this.clock = clock;
        this.nonces = nonces;
    }

    /**
     * @param reservation null where the decision refuses
     */
    record Answer(Decision decision, @Nullable Reservation reservation) {}

    /**
     * Decides as a check does and, where it allows, holds the units.
     *
     * @param by who asks, and whose tokens that one may know of
     * @throws ProblemException 422 where the request's id was used for something else, 503 where
     *     too many are held
     */
    Answer reserve(Access by, ReserveRequest request) {
        lock.lock();
        try {
            Identity identity = guard.identify(request.secret()).within(by.scope());
            if (!(identity instanceof Identity.Known known)) {
                return new Answer(guard.decide(identity, request.reserve().check()), null);
            }
            String requestId = request.requestId();
            RequestKey key =
                    requestId == null ? null : new RequestKey(known.entry().id(), requestId);
            Answer before = key == null ? null : answered(key, request.reserve());
            return before == null ? reserve(known, key, request.reserve()) : before;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Answer answered(RequestKey key, ReserveRequest.Reserve asked) {
        String id = requests.get(key);
        Reservation reservation = id == null ? null : remembered(id);
        Origin origin = reservation == null ? null : reservation.origin();
        if (origin == null) {
            return null;
        }
        if (!origin.asked().equals(asked)) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "REQUEST_ID_REUSED",
                    "The requestId was used for another reservation of this token.");
        }
        return new Answer(origin.decision(), reservation);
    }

    private Answer reserve(
            Identity.Known known, @Nullable RequestKey key, ReserveRequest.Reserve asked) {
        if (held.size() >= terms.maxHeld()) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "TOO_MANY_RESERVATIONS",
                    "This instance holds as many reservations as it may.");
        }
        Decision decision = guard.decide(known, asked.check());
        if (decision.code() != Code.OK) {
            return new Answer(decision, null);
        }
        Duration timeout = asked.timeout() == null ? terms.timeout() : asked.timeout();
        Handle handle =
                new Handle(
                        known.entry().id(),
                        asked.check().model(),
                        asked.amount(),
                        known.now().plus(timeout).truncatedTo(ChronoUnit.MILLIS),
                        nonces.getAsLong());
        UnitsInFlight.Hold hold =
                new UnitsInFlight.Hold(
                        known.entry().account().id(),
                        handle.tokenId(),
                        handle.model(),
                        handle.amount());
        Reservation reservation =
                Reservation.held(
                        handles.write(handle), handle, new Origin(decision, hold, asked, key));
        units.add(hold);
        held.put(reservation.id(), reservation);
        unsettled.put(Handles.usageIdOf(reservation.id()), reservation);
        if (key != null) {
            requests.put(key, reservation.id());
        }
        return new Answer(decision, reservation);
    }

    /**
     * Says what a call has cost. The units count as spent from here on; the caller sees to it that
     * the report becomes durable, and then says so to {@link #recorded}.
     *
     * @param by who says it, as it will stand in the event
     * @throws ProblemException 404 where the id is of no reservation or of another account's, 409
     *     where it is settled with another amount
     */
    Reservation settle(Access by, String id, long amount) {
        Handle handle = handle(id, by.scope());
        lock.lock();
        try {
            Instant now = clock.instant();
            Reservation before = find(id, handle, now);
            Stage.Settled settled = before.stage().settle(amount);
            if (before.report() != null) {
                return before;
            }
            UsageReport report =
                    new UsageReport(
                            handle.tokenId(),
                            Handles.usageIdOf(id),
                            amount,
                            handle.model(),
                            now.truncatedTo(ChronoUnit.MICROS),
                            by.actor());
            // First in flight as a usage, then no longer as a reservation: never as nothing.
            pending.expect(List.of(report));
            unsettled.remove(report.usageId());
            return end(before.settled(settled, report));
        } catch (Stage.Conflict e) {
            throw settledAlready(e);
        } finally {
            lock.unlock();
        }
    }

    /** A settlement's report is durable: the same call need not record it again. */
    void recorded(String id) {
        lock.lock();
        try {
            ended.computeIfPresent(id, (_, reservation) -> reservation.asRecorded());
        } finally {
            lock.unlock();
        }
    }

    /**
     * One that was settled at another instance needs its units no longer, and its amount stands.
     */
    @Override
    public void booked(TokenId tokenId, QuotaConsumed event) {
        Reservation reservation = unsettled.remove(event.usageId());
        if (reservation != null && reservation.handle().tokenId().equals(tokenId)) {
            settledElsewhere(
                    reservation.id(),
                    new UsageReport(
                            tokenId,
                            event.usageId(),
                            event.amount(),
                            event.model(),
                            clock.instant().truncatedTo(ChronoUnit.MICROS),
                            reporter));
        }
    }

    private void settledElsewhere(String id, UsageReport report) {
        lock.lock();
        try {
            Reservation before = remembered(id);
            if (before != null && before.report() == null) {
                end(
                        before.settled(
                                        new Stage.Settled(report.amount(), Stage.Was.ELSEWHERE),
                                        report)
                                .asRecorded());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the units back. Where this instance does not hold them nothing happens.
     *
     * @throws ProblemException 404 where the id is of no reservation or of another account's, 409
     *     where it is settled
     */
    Stage release(Access by, String id) {
        Handle handle = handle(id, by.scope());
        lock.lock();
        try {
            Reservation before = find(id, handle, clock.instant());
            Stage after = before.stage().release();
            if (held.containsKey(id)) {
                end(before.with(after));
            }
            return after;
        } catch (Stage.Conflict e) {
            throw settledAlready(e);
        } finally {
            lock.unlock();
        }
    }

    /** Ends those whose time is over. */
    public void expireDue() {
        lock.lock();
        try {
            Instant now = clock.instant();
            List<Reservation> due =
                    held.values().stream().filter(each -> isOver(each.handle(), now)).toList();
            for (Reservation each : due) {
                end(each.with(each.stage().expire()));
            }
        } finally {
            lock.unlock();
        }
    }

    private Reservation find(String id, Handle handle, Instant now) {
        Reservation known = remembered(id);
        if (known == null) {
            return Reservation.known(
                    id, handle, isOver(handle, now) ? new Stage.Expired() : new Stage.Elsewhere());
        }
        return isOver(handle, now) ? known.with(known.stage().expire()) : known;
    }

    private @Nullable Reservation remembered(String id) {
        Reservation holding = held.get(id);
        return holding == null ? ended.get(id) : holding;
    }

    private Reservation end(Reservation after) {
        Reservation holding = held.remove(after.id());
        if (holding != null && holding.origin() != null) {
            units.remove(holding.origin().hold());
        }
        ended.put(after.id(), after);
        if (ended.size() > MAX_ENDED) {
            forget(ended.pollFirstEntry().getValue());
        }
        return after;
    }

    private void forget(Reservation oldest) {
        unsettled.remove(Handles.usageIdOf(oldest.id()));
        Origin origin = oldest.origin();
        if (origin != null && origin.key() != null) {
            requests.remove(origin.key(), oldest.id());
        }
    }

    /** A handle names a token and no account, so only the view knows whose it is. */
    private Handle handle(String id, Scope scope) {
        return handles.read(id)
                .filter(handle -> isWithin(scope, handle.tokenId()))
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "RESERVATION_NOT_FOUND",
                                "No instance of this ledger has made such a reservation."));
    }

    private boolean isWithin(Scope scope, TokenId token) {
        return switch (scope) {
            case Scope.EveryAccount _ -> true;
            case Scope.OneAccount _ ->
                    switch (guard.identify(token)) {
                        case Identity.NotReady(String why) ->
                                throw new ProblemException(
                                        HttpStatus.SERVICE_UNAVAILABLE,
                                        Code.VIEW_NOT_READY.name(),
                                        why);
                        case Identity identity -> identity.within(scope) instanceof Identity.Known;
                    };
        };
    }

    private static boolean isOver(Handle handle, Instant now) {
        return !now.isBefore(handle.expiresAt());
    }

    private static ProblemException settledAlready(Stage.Conflict e) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "RESERVATION_SETTLED",
                "The reservation is settled with " + e.settledAmount() + " units.");
    }
}
