/** What this instance tells those who watch it. */
@NullMarked
package com.tokaify.ledger.enforcement.metrics;

import org.jspecify.annotations.NullMarked;
