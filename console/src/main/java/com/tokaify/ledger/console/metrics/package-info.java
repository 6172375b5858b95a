/** What this console tells those who watch it. */
@NullMarked
package com.tokaify.ledger.console.metrics;

import org.jspecify.annotations.NullMarked;
