package com.tokaify.ledger.command.bus;

import static com.tokaify.ledger.command.LedgerInstance.PARTITIONING;
import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.hash;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.EventOrder;
import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** PostgreSQL dies under load, as by a power cut, and comes back. */
class DatabaseKillIT {
    private static final int CALLERS = 8;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LedgerDatabase database = LedgerInfrastructure.get().newLedgerDatabase();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    /**
     * Whoever was answered finds the usage in the ledger exactly once; whoever was not is told that
     * the ledger is unavailable, and finds it once at most; and the service goes on by itself.
     */
    @Test
    void aKilledDatabaseLosesNothingThatWasAcknowledged() throws Exception {
        try (LedgerInstance instance = new LedgerInstance(database);
                ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            AtomicBoolean calling = new AtomicBoolean(true);
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                TokenId token = tokenId(i);
                create(instance, token);
                calls.add(callers.submit(() -> call(instance, token, calling)));
            }
            try {
                Await.until(LIMIT, "load", () -> acknowledged.size() > 200);
                LedgerInfrastructure.get().killAndRestartPostgres();
                int before = acknowledged.size();
                Await.until(LIMIT, "the service goes on", () -> acknowledged.size() > before + 200);
            } finally {
                calling.set(false);
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        assertThat(unknown).as("calls that met the kill").isNotEmpty();
        List<StoredEvent> stored = LedgerInstance.stored(database);
        assertThat(new EventOrder(PARTITIONING).problems(stored)).isEmpty();
        Map<String, Integer> booked = new HashMap<>();
        for (StoredEvent event : stored) {
            if (EventCodec.decode(event).event() instanceof QuotaConsumed consumed) {
                booked.merge(event.stream() + "/" + consumed.usageId(), 1, Integer::sum);
            }
        }
        assertThat(booked.values()).containsOnly(1);
        assertThat(booked.keySet()).containsAll(acknowledged);
        booked.keySet().removeAll(acknowledged);
        assertThat(unknown).containsAll(booked.keySet());
    }

    private Void call(LedgerInstance instance, TokenId token, AtomicBoolean calling)
            throws Exception {
        for (int i = 0; calling.get(); i++) {
            String usageId = "u" + i;
            try {
                Object result =
                        instance.ledger()
                                .send(
                                        new ConsumeQuota(
                                                token, usageId, 1, null, Booking.STRICT, CONTEXT))
                                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                assertThat(result).isInstanceOf(Committed.class);
                acknowledged.add(token + "/" + usageId);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(LedgerUnavailable.class);
                unknown.add(token + "/" + usageId);
            }
        }
        return null;
    }

    private static void create(LedgerInstance instance, TokenId token) throws Exception {
        assertThat(
                        instance.send(
                                new CreateToken(
                                        token,
                                        ACCOUNT,
                                        "ci",
                                        "default",
                                        Restrictions.NONE,
                                        hash(token),
                                        MASK,
                                        CONTEXT)))
                .isInstanceOf(Committed.class);
    }
}
