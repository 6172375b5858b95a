package com.tokaify.ledger.query.live;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.audit.AuditRow;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events between two marks, as listeners are told them. */
interface Changes {

    /**
     * In the order of partitions and, in each, of the ledger. Of what a token consumed between the
     * marks only the last event.
     *
     * @param accounts whose events, beside those of the catalog; null is everybody's
     */
    List<AuditRow> between(Mark after, Mark upTo, @Nullable Collection<AccountId> accounts);

    /** Whether every event between the marks is still there. */
    boolean areWhole(Mark after, Mark upTo);
}
