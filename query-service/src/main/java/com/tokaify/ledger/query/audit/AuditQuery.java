package com.tokaify.ledger.query.audit;

import com.tokaify.ledger.query.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/** A page of the feed. */
record AuditQuery(AuditFilter filter, AuditOrder order, int limit, @Nullable AuditCursor after) {
    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 1000;

    static AuditQuery parse(QueryParameters parameters) {
        parameters.allowOnly(
                AuditFilter.REPEATABLE,
                "actor",
                "type",
                "class",
                "tokenId",
                "accountId",
                "from",
                "to",
                "order",
                "limit",
                "cursor");
        AuditOrder order = parameters.optional("order", AuditOrder::parse);
        return new AuditQuery(
                AuditFilter.parse(parameters),
                order == null ? AuditOrder.NEWEST : order,
                parameters.wholeNumber("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
                parameters.optional("cursor", AuditCursor::parse));
    }
}
