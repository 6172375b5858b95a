package com.tokaify.ledger.standalone;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What came of all calls so far, counted on the gateway's side. Thread-safe. */
final class DemoTally {
    private static final String ALLOWED = "OK";

    /**
     * One account's.
     *
     * @param units that the ledger has acknowledged
     * @param unsureUnits that were reported and never acknowledged: they may be booked or not
     */
    record Counted(long calls, long allowed, long refused, long units, long unsureUnits) {
        /** Calls that nobody answered. */
        long unanswered() {
            return calls - allowed - refused;
        }

        static Counted sum(Collection<Counted> all) {
            return all.stream().reduce(new Counted(0, 0, 0, 0, 0), Counted::plus);
        }

        private Counted plus(Counted other) {
            return new Counted(
                    calls + other.calls,
                    allowed + other.allowed,
                    refused + other.refused,
                    units + other.units,
                    unsureUnits + other.unsureUnits);
        }
    }

    private static final class Counters {
        private final LongAdder calls = new LongAdder();
        private final LongAdder allowed = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private final LongAdder units = new LongAdder();
        private final LongAdder unsureUnits = new LongAdder();

        private Counted read() {
            return new Counted(
                    calls.sum(), allowed.sum(), refused.sum(), units.sum(), unsureUnits.sum());
        }
    }

    private final Map<DemoAccount, Counters> accounts = new EnumMap<>(DemoAccount.class);
    private final ConcurrentSkipListMap<String, LongAdder> refusals = new ConcurrentSkipListMap<>();

    DemoTally() {
        for (DemoAccount account : DemoAccount.values()) {
            accounts.put(account, new Counters());
        }
    }

    private Counters of(DemoAccount account) {
        Counters counters = accounts.get(account);
        if (counters == null) {
            throw new IllegalStateException("every account has counters");
        }
        return counters;
    }

    void called(DemoAccount account) {
        of(account).calls.increment();
    }

    void decided(DemoAccount account, String code) {
        if (code.equals(ALLOWED)) {
            of(account).allowed.increment();
        } else {
            of(account).refused.increment();
            refusals.computeIfAbsent(code, _ -> new LongAdder()).increment();
        }
    }

    void booked(DemoAccount account, long units) {
        of(account).units.add(units);
    }

    void unsure(DemoAccount account, long units) {
        of(account).unsureUnits.add(units);
    }

    Counted read(DemoAccount account) {
        return of(account).read();
    }

    Counted all() {
        return Counted.sum(accounts.values().stream().map(Counters::read).toList());
    }

    /** Refused calls by code, in the alphabet's order. */
    Map<String, Long> refusals() {
        Map<String, Long> read = new TreeMap<>();
        refusals.forEach((code, count) -> read.put(code, count.sum()));
        return read;
    }
}
