package com.tokaify.ledger.command.seal;

/**
 * Consecutive events of a partition that are to be sealed.
 *
 * @param after the position before the first
 * @param count how many, 1 at least
 */
record Slice(int partition, long after, int count) {}
