package com.tokaify.ledger.benchmarks;

import java.util.List;

/** A road into the ledger: books usage strictly and waits until it is durable. */
@FunctionalInterface
interface Bookkeeper {
    /**
     * @param usages one is sent as a single consumption, several as a bulk
     * @throws Exception where any was not booked
     */
    void book(List<Usage> usages) throws Exception;
}
