/** What making the views costs, beside writing the same stream down as it is. */
@NullMarked
package com.tokaify.ledger.benchmarks.project;

import org.jspecify.annotations.NullMarked;
