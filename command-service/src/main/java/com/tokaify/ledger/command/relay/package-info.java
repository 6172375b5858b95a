/** From the event store to Kafka: exactly once, in order. */
@NullMarked
package com.tokaify.ledger.command.relay;

import org.jspecify.annotations.NullMarked;
