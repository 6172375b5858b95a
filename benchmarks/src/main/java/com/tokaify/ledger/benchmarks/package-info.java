/** Measurements of the real modules, each beside a floor taken in the same run. */
@NullMarked
package com.tokaify.ledger.benchmarks;

import org.jspecify.annotations.NullMarked;
