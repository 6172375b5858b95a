package com.tokaify.ledger.audit.check;

import static com.tokaify.ledger.audit.finding.FindingKind.CAP_EXCEEDED;
import static com.tokaify.ledger.audit.finding.FindingKind.OVERRUN_UNFLAGGED;
import static com.tokaify.ledger.audit.finding.FindingKind.STATE_CONTRADICTED;
import static com.tokaify.ledger.audit.finding.FindingKind.TOTAL_DIFFERS;
import static com.tokaify.ledger.audit.finding.FindingKind.USAGE_TWICE;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.Bookings;
import com.tokaify.ledger.audit.fold.ModelUse;
import com.tokaify.ledger.audit.fold.TokenFacts;
import com.tokaify.ledger.audit.fold.TokenState;
import com.tokaify.ledger.audit.fold.Usage;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.kafka.Topics;

/** The books of one partition. One thread. */
final class PartitionBooks implements Bookings {
    /**
     * How usage that had happened says where it came from; what was booked strictly carries the id
     * of a request.
     */
    private static final String REPORTED = Topics.USAGE + "-";

    private final Findings findings;
    private final long seed;
    private final OnceTable usages = new OnceTable();
    private final OnceTable refunds = new OnceTable();
    private final OnceTable credits = new OnceTable();

    PartitionBooks(Findings findings, long seed) {
        this.findings = findings;
        this.seed = seed;
    }

    @Override
    public void token(LoggedEvent logged, TokenState before, TokenEvent event) {
        switch (before) {
            case TokenState.Live(TokenFacts facts) -> {
                if (event instanceof QuotaConsumed consumed) {
                    cap(logged, facts, consumed);
                    consumed(logged, facts.usage(), consumed);
                } else {
                    rare(logged, facts.usage(), event);
                }
            }
            case TokenState.Deleted(TokenFacts facts) -> {
                if (event instanceof QuotaConsumed consumed) {
                    consumed(logged, facts.usage(), consumed);
                    if (consumed.overrun()) {
                        add(OVERRUN_UNFLAGGED, logged, "nothing limits a deleted token");
                    }
                } else {
                    rare(logged, facts.usage(), event);
                }
            }
            case TokenState.Unborn _ -> {
                // Creation books nothing.
            }
        }
    }

    private void cap(LoggedEvent logged, TokenFacts facts, QuotaConsumed consumed) {
        Long limit = facts.settings().restrictions().quotaLimit();
        Usage usage = facts.usage();
        boolean above = usage.isExceededBy(consumed.amount(), consumed.model(), limit);
        if (above && !logged.correlationId().startsWith(REPORTED)) {
            add(
                    CAP_EXCEEDED,
                    logged,
                    consumed.amount()
                            + " units were booked strictly on "
                            + usage.counted()
                            + ", above the limit of the token, "
                            + limit
                            + ", or of the model "
                            + consumed.model());
        } else if (above != consumed.overrun()) {
            add(
                    OVERRUN_UNFLAGGED,
                    logged,
                    above
                            ? "usage above the limit does not say so"
                            : "usage says it is above the limit and is not");
        }
    }

    private void consumed(LoggedEvent logged, Usage usage, QuotaConsumed consumed) {
        if (consumed.totalAfter() != usage.total() + consumed.amount()) {
            total(logged, consumed.totalAfter(), usage.total() + consumed.amount());
        }
        if (!usages.add(fingerprint(logged, consumed.usageId()), consumed.amount())) {
            add(USAGE_TWICE, logged, "the usage " + consumed.usageId() + " was booked before");
        }
    }

    private void rare(LoggedEvent logged, Usage usage, TokenEvent event) {
        if (event instanceof QuotaRefunded refunded) {
            refunded(logged, usage, refunded);
        } else if (event instanceof QuotaPeriodStarted started
                && started.totalBefore() != usage.total()) {
            total(logged, started.totalBefore(), usage.total());
        } else if (event instanceof QuotaExhausted exhausted
                && exhausted.total() != usage.counted()) {
            total(logged, exhausted.total(), usage.counted());
        } else if (event instanceof ModelQuotaExhausted exhausted) {
            ModelUse use = usage.of(exhausted.model());
            if (use != null && exhausted.total() != use.consumed()) {
                total(logged, exhausted.total(), use.consumed());
            }
        }
    }

    private void refunded(LoggedEvent logged, Usage usage, QuotaRefunded refunded) {
        if (refunded.totalAfter() != usage.total() - refunded.amount()) {
            total(logged, refunded.totalAfter(), usage.total() - refunded.amount());
        }
        long fingerprint = fingerprint(logged, refunded.usageId());
        long booked = usages.amount(fingerprint);
        if (booked < refunded.amount()) {
            add(
                    STATE_CONTRADICTED,
                    logged,
                    booked < 0
                            ? "the usage " + refunded.usageId() + " was never booked"
                            : "of "
                                    + booked
                                    + " units of "
                                    + refunded.usageId()
                                    + " "
                                    + refunded.amount()
                                    + " are given back");
        }
        if (!refunds.add(fingerprint, refunded.amount())) {
            add(USAGE_TWICE, logged, "the usage " + refunded.usageId() + " was given back before");
        }
    }

    @Override
    public void account(LoggedEvent logged, AccountEvent event) {
        if (event instanceof BalanceCredited(long amount, String reference)
                && !credits.add(fingerprint(logged, reference), amount)) {
            add(USAGE_TWICE, logged, "the payment " + reference + " was credited before");
        }
    }

    private long fingerprint(LoggedEvent logged, String name) {
        return OnceTable.fingerprint(seed, logged.stream(), name);
    }

    private void total(LoggedEvent logged, long said, long sum) {
        add(TOTAL_DIFFERS, logged, "the total is said to be " + said + " and is " + sum);
    }

    private void add(FindingKind kind, LoggedEvent logged, String what) {
        findings.add(kind, Folding.where(logged), what);
    }
}
