/** What answers of query-service cost, beside looking up a row. */
@NullMarked
package com.tokaify.ledger.benchmarks.read;

import org.jspecify.annotations.NullMarked;
