package com.tokaify.ledger.query.audit;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.query.web.QueryParameters;

/** An export. */
record ExportQuery(ExportFormat format, AuditFilter filter, AuditOrder order) {

    static ExportQuery parse(QueryParameters parameters) {
        parameters.allowOnly(
                AuditFilter.REPEATABLE,
                "format",
                "actor",
                "type",
                "class",
                "tokenId",
                "accountId",
                "from",
                "to",
                "order");
        ExportFormat format = parameters.optional("format", ExportFormat::parse);
        if (format == null) {
            throw new InvalidField("format", "is required");
        }
        AuditOrder order = parameters.optional("order", AuditOrder::parse);
        return new ExportQuery(
                format, AuditFilter.parse(parameters), order == null ? AuditOrder.OLDEST : order);
    }
}
