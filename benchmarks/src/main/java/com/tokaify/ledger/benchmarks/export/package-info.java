/** What an export of events costs, beside PostgreSQL's own. */
@NullMarked
package com.tokaify.ledger.benchmarks.export;

import org.jspecify.annotations.NullMarked;
