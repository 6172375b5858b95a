/** What replaying a ledger costs, beside merely reading it. */
@NullMarked
package com.tokaify.ledger.benchmarks.audit;

import org.jspecify.annotations.NullMarked;
