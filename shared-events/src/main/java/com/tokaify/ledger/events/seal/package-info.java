/** Seals: what of the log that makes history checkable is told on Kafka. */
@NullMarked
package com.tokaify.ledger.events.seal;

import org.jspecify.annotations.NullMarked;
