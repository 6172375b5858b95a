package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.UsageListener;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.usage.UsageReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Usage reported here that the stream has not yet shown as booked: its units are in flight until it
 * does. Any number of threads report; the view's thread says what is booked.
 *
 * <p>In memory, and bounded twice: a usage that never comes back, as one that was booked before and
 * is sent once more, is given up after a time-out; and above {@link #MAX_USAGES} no more are
 * tracked. Neither keeps a usage from being recorded: at worst a check sees it when the stream
 * brings it, as without this.
 */
public final class PendingUsage implements UsageListener {
    private static final int MAX_USAGES = 1_000_000;

    private final LocalView view;
    private final UnitsInFlight units;
    private final long timeoutNanos;
    private final LongSupplier nanos;
    private final ConcurrentMap<UsageKey, Pending> pending = new ConcurrentHashMap<>();

    private record UsageKey(TokenId tokenId, String usageId) {}

    private record Pending(UnitsInFlight.Hold hold, long sinceNanos) {}

    /**
     * @param nanos a clock that only runs forward
     */
    public PendingUsage(LocalView view, UnitsInFlight units, Duration timeout, LongSupplier nanos) {
        this.view = view;
        this.units = units;
        this.timeoutNanos = timeout.toNanos();
        this.nanos = nanos;
    }

    /** Before a usage is recorded: it may be booked before whoever records it hears of that. */
    public void expect(List<UsageReport> reports) {
        for (UsageReport report : reports) {
            if (pending.size() < MAX_USAGES) {
                view.find(report.tokenId())
                        .ifPresent(entry ->
                                expect(
                                        report,
                                        new UnitsInFlight.Hold(
                                                entry.account().id(),
                                                report.tokenId(),
                                                report.model(),
                                                report.amount())));
            }
        }
    }

    /** The first amount counts, as in the ledger. */
    private void expect(UsageReport report, UnitsInFlight.Hold hold) {
        pending.computeIfAbsent(
                new UsageKey(report.tokenId(), report.usageId()),
                _ -> {
                    units.add(hold);
                    return new Pending(hold, nanos.getAsLong());
                });
    }

    @Override
    public void booked(TokenId tokenId, QuotaConsumed event) {
        if (!pending.isEmpty()) {
            forget(new UsageKey(tokenId, event.usageId()));
        }
    }

    /** Gives up what has not come back in time. */
    public void giveUpOverdue() {
        long now = nanos.getAsLong();
        pending.forEach((key, each) -> {
            if (now - each.sinceNanos() > timeoutNanos) {
                forget(key);
            }
        });
    }

    private void forget(UsageKey key) {
        pending.computeIfPresent(
                key,
                (_, each) -> {
                    units.remove(each.hold());
                    return null;
                });
    }
}
