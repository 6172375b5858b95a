package com.tokaify.ledger.audit.decision;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.core.Times;
import com.tokaify.ledger.audit.fold.AccountState;
import com.tokaify.ledger.audit.fold.AccountSums;
import com.tokaify.ledger.audit.fold.Contradiction;
import com.tokaify.ledger.audit.fold.EventReader;
import com.tokaify.ledger.audit.fold.InEffect;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.source.AllPartitions;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An account at an instant. Its balance is told by the streams of all its tokens, and which those
 * are stands in their first events: the whole ledger is gone through.
 *
 * @param suspension the last suspension; null where there was none
 * @param payment the last credit or adjustment
 * @param usage the last usage of any of its tokens
 */
record AccountThen(
        boolean suspended,
        AccountSums sums,
        @Nullable LoggedEvent suspension,
        @Nullable LoggedEvent payment,
        @Nullable LoggedEvent usage) {

    static AccountThen of(EventSource source, String account, Instant at, Progress progress) {
        Own own = new Own(at);
        Spent spent = new Spent();
        try {
            source.readStream(account, own::see);
            AllPartitions.read(
                    source, _ -> new SpentInPartition(account, at, spent)::see, progress);
        } catch (Contradiction | UnreadableEvent e) {
            throw new SourceFailed(
                    "the events of " + account + " make no sense, see verify: " + e.getMessage(),
                    e);
        }
        return new AccountThen(
                own.state instanceof AccountState.Open open && open.suspended(),
                own.sums.plus(new AccountSums(0, 0, spent.units)),
                own.suspension,
                own.payment,
                spent.last);
    }

    /** The account's own stream. */
    private static final class Own {
        private final InEffect inEffect;
        private final EventReader reader = new EventReader();
        private AccountState state = new AccountState.Unborn();
        private AccountSums sums = AccountSums.ZERO;
        private @Nullable LoggedEvent suspension;
        private @Nullable LoggedEvent payment;

        private Own(Instant at) {
            this.inEffect = new InEffect(at);
        }

        private void see(LoggedEvent logged) {
            if (inEffect.was(logged) && reader.read(logged) instanceof AccountEvent event) {
                state = AccountState.evolve(state, logged, event);
                switch (event) {
                    case BalanceCredited(long amount, String _) -> {
                        sums = sums.plus(new AccountSums(amount, 0, 0));
                        payment = logged;
                    }
                    case BalanceAdjusted(long amount, String _) -> {
                        sums = sums.plus(new AccountSums(0, amount, 0));
                        payment = logged;
                    }
                    case AccountSuspended _ -> suspension = logged;
                    case AccountEvent.AccountOpened _, AccountEvent.AccountResumed _ -> {
                        // Neither moves a balance nor refuses a call.
                    }
                }
            }
        }
    }

    /** What all partitions say. */
    private static final class Spent {
        private static final Comparator<LoggedEvent> ORDER =
                Comparator.<LoggedEvent, Instant>comparing(event -> Times.parse(event.recordedAt()))
                        .thenComparingInt(LoggedEvent::partition)
                        .thenComparingLong(LoggedEvent::pseq);

        private long units;
        private @Nullable LoggedEvent last;

        private synchronized void add(long moved, LoggedEvent event, boolean isUsage) {
            units = Math.addExact(units, moved);
            if (isUsage && (last == null || ORDER.compare(event, last) > 0)) {
                last = event;
            }
        }
    }

    /** Looks into what creates tokens, and into usage of those that are the account's. */
    private static final class SpentInPartition {
        private static final String CREATED = EventType.TOKEN_CREATED.ceType();
        private static final Set<String> MOVING =
                Set.of(EventType.QUOTA_CONSUMED.ceType(), EventType.QUOTA_REFUNDED.ceType());

        private final String account;
        private final Instant at;
        private final Spent spent;
        private final EventReader reader = new EventReader();
        private final Set<String> tokens = new HashSet<>();

        private SpentInPartition(String account, Instant at, Spent spent) {
            this.account = account;
            this.at = at;
            this.spent = spent;
        }

        private void see(LoggedEvent logged) {
            if (logged.type().equals(CREATED)) {
                if (reader.read(logged) instanceof TokenCreated created
                        && created.accountId().toString().equals(account)) {
                    tokens.add(logged.stream());
                }
            } else if (MOVING.contains(logged.type())
                    && tokens.contains(logged.stream())
                    && !Times.parse(logged.recordedAt()).isAfter(at)) {
                LedgerEvent event = reader.read(logged);
                if (event instanceof QuotaConsumed consumed) {
                    spent.add(consumed.amount(), logged, true);
                } else if (event instanceof QuotaRefunded refunded) {
                    spent.add(-refunded.amount(), logged, false);
                }
            }
        }
    }
}
