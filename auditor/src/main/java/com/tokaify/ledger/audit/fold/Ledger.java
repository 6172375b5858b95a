package com.tokaify.ledger.audit.fold;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** What a whole ledger has come to. Filled once, then only read. */
public final class Ledger {
    private final Map<String, TokenState> tokens = new HashMap<>();
    private final Map<String, AccountState> accounts = new HashMap<>();
    private final Map<String, AccountSums> sums = new HashMap<>();
    private CatalogState catalog = CatalogState.EMPTY;

    private Ledger() {}

    /** What partitions have come to together. */
    public static Ledger of(Collection<LedgerFold> partitions) {
        Ledger ledger = new Ledger();
        partitions.forEach(fold -> fold.addTo(ledger));
        return ledger;
    }

    /** What they had come to at their marks. */
    public static Ledger atMark(Collection<LedgerFold> partitions) {
        Ledger ledger = new Ledger();
        partitions.forEach(fold -> fold.addAtMarkTo(ledger));
        return ledger;
    }

    void put(String token, TokenState state) {
        if (!(state instanceof TokenState.Unborn)) {
            tokens.put(token, state);
        }
    }

    void put(String account, AccountState state) {
        if (!(state instanceof AccountState.Unborn)) {
            accounts.put(account, state);
        }
    }

    void add(String account, AccountSums moved) {
        if (!moved.equals(AccountSums.ZERO)) {
            sums.merge(account, moved, AccountSums::plus);
        }
    }

    void put(CatalogState state) {
        catalog = state;
    }

    /** Those that were created, deleted ones too. */
    public Map<String, TokenState> tokens() {
        return Collections.unmodifiableMap(tokens);
    }

    /** Those that were opened. */
    public Map<String, AccountState> accounts() {
        return Collections.unmodifiableMap(accounts);
    }

    public AccountSums sums(String account) {
        return sums.getOrDefault(account, AccountSums.ZERO);
    }

    /** By account, those that anything was moved of. */
    public Map<String, AccountSums> sums() {
        return Collections.unmodifiableMap(sums);
    }

    public CatalogState catalog() {
        return catalog;
    }
}
