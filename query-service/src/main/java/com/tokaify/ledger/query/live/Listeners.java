package com.tokaify.ledger.query.live;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.audit.AuditRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Those who listen, by account, so that a change is held against few. Not thread-safe. */
final class Listeners {
    private final Map<AccountId, Set<Listener>> ofAccounts = new HashMap<>();
    private final Set<Listener> ofEverything = new LinkedHashSet<>();
    private int size;

    int size() {
        return size;
    }

    void add(Listener listener) {
        AccountId account = listener.scope().accountId();
        boolean added =
                account == null
                        ? ofEverything.add(listener)
                        : ofAccounts
                                .computeIfAbsent(account, _ -> new LinkedHashSet<>())
                                .add(listener);
        size += added ? 1 : 0;
    }

    void remove(Listener listener) {
        AccountId account = listener.scope().accountId();
        if (account == null) {
            size -= ofEverything.remove(listener) ? 1 : 0;
            return;
        }
        Set<Listener> ofAccount = ofAccounts.getOrDefault(account, new LinkedHashSet<>());
        size -= ofAccount.remove(listener) ? 1 : 0;
        if (ofAccount.isEmpty()) {
            ofAccounts.remove(account);
        }
    }

    /** Whose changes are wanted; null is everybody's. */
    @Nullable Collection<AccountId> accounts() {
        return ofEverything.isEmpty() ? List.copyOf(ofAccounts.keySet()) : null;
    }

    List<Listener> all() {
        List<Listener> all = new ArrayList<>(ofEverything);
        ofAccounts.values().forEach(all::addAll);
        return all;
    }

    /** Those who are to be told of a change. */
    List<Listener> of(AuditRow change) {
        List<Listener> candidates;
        if (change.accountId() == null) {
            candidates = all();
        } else {
            candidates = new ArrayList<>(ofEverything);
            candidates.addAll(ofAccounts.getOrDefault(change.accountId(), Set.of()));
        }
        candidates.removeIf(listener -> !listener.scope().covers(change));
        return candidates;
    }

    /** Ends those for whom most waits until no more waits than may, all together. */
    void endSlowest(int mostWaiting) {
        List<Listener> all = all();
        int waiting = all.stream().mapToInt(Listener::waiting).sum();
        if (waiting <= mostWaiting) {
            return;
        }
        all.sort(Comparator.comparingInt(Listener::waiting).reversed());
        for (Listener slowest : all) {
            if (waiting <= mostWaiting) {
                return;
            }
            waiting -= slowest.waiting();
            slowest.end();
        }
    }
}
