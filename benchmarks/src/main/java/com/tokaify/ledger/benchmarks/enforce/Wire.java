package com.tokaify.ledger.benchmarks.enforce;

/** How answers of one protocol end. Stateless, so that one serves all connections. */
@FunctionalInterface
interface Wire {
    /** Not all of the answer is there. */
    int INCOMPLETE = -1;

    /**
     * Looks at what has come in since the request was sent.
     *
     * @param received holds the answer from its start
     * @param length how much of it is filled
     * @return the answer's length in bytes, or {@link #INCOMPLETE}
     * @throws IllegalStateException where the answer is not the one that was hoped for
     */
    int answer(byte[] received, int length);
}
