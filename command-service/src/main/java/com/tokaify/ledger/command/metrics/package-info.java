/** What this instance tells those who watch it. */
@NullMarked
package com.tokaify.ledger.command.metrics;

import org.jspecify.annotations.NullMarked;
