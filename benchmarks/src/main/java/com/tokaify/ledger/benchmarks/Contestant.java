package com.tokaify.ledger.benchmarks;

import java.util.List;

/**
 * Something that is measured.
 *
 * @param name for people; together with the number of callers unique in its part
 * @param kind which others its rate is set against
 * @param callers all that call at the same time
 */
record Contestant(String name, Kind kind, List<Caller> callers) {

    /** What is compared with what: products with each floor. */
    enum Kind {
        /** Command-service's own write path. */
        PRODUCT,
        /** One row in one transaction, by as many clients. */
        INSERT_FLOOR,
        /** Many rows in one transaction, by one client. */
        COPY_FLOOR
    }

    Contestant {
        callers = List.copyOf(callers);
    }
}
