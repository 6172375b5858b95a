package com.tokaify.ledger.benchmarks;

import java.util.List;

/**
 * Something that is measured.
 *
 * @param name for people; together with the skew and the number of callers unique in its part
 * @param kind which others its rate is set against
 * @param callers that call at the same time; 0 where nobody waits for an answer
 */
public record Contestant(String name, Skew skew, Kind kind, int callers, Trial trial) {

    /** What is compared with what: products with each of the others. */
    public enum Kind {
        /** What this project has built. */
        PRODUCT("", false, false),
        /** A counter that is updated, and a row in a log, in one transaction a call. */
        TODAY("× today", false, false),
        /** Axon as its guide has it, over JDBC. */
        STOCK_AXON("× stock Axon", false, false),
        /** Many rows in one transaction by COPY: what PostgreSQL takes in at most. */
        COPY_FLOOR("of COPY", true, false),
        /** A reader that throws away what it reads: what there is to be read at most. */
        READ_FLOOR("of reading", true, false),
        /** An endpoint that does nothing: what HTTP allows at most. */
        NO_OP("of no-op", true, true),
        /** A fixed answer of a server written for nothing else. */
        NGINX("of nginx", true, true),
        /** The usual check and decrement, as a script in a store in memory. */
        REDIS("× Redis", false, true),
        /** The row of a key, read from the database. */
        SELECT("× SELECT", false, true);

        private final String title;
        private final boolean share;
        private final boolean sameCallersOnly;

        Kind(String title, boolean share, boolean sameCallersOnly) {
            this.title = title;
            this.share = share;
            this.sameCallersOnly = sameCallersOnly;
        }

        /** The head of the column that compares with it. */
        public String title() {
            return title;
        }

        /** Whether it is a limit, of which a share is reached, rather than a rival. */
        public boolean isLimit() {
            return share;
        }

        /**
         * Whether a call of it is one of the product's, so that bulks cannot be compared with it.
         */
        boolean sameCallersOnly() {
            return sameCallersOnly;
        }
    }

    public static Contestant of(String name, Skew skew, Kind kind, List<? extends Caller> callers) {
        List<Caller> all = List.copyOf(callers);
        return new Contestant(
                name,
                skew,
                kind,
                all.size(),
                (warmUp, window) -> new Load(all).run(warmUp, window));
    }
}
