package com.tokaify.ledger.benchmarks;

import java.io.IOException;
import java.util.List;

/** A road into the ledger: books usage strictly and waits until it is durable. */
interface Bookkeeper extends AutoCloseable {
    /**
     * @param usages one is sent as a single consumption, several as a bulk
     * @throws Exception where any was not booked
     */
    void book(List<Usage> usages) throws Exception;

    @Override
    void close() throws IOException;
}
