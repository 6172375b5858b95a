/** What a check costs a gateway, beside what else it could ask. */
@NullMarked
package com.tokaify.ledger.benchmarks.enforce;

import org.jspecify.annotations.NullMarked;
