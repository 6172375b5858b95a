/** From Kafka to the event store: usage that gateways report. */
@NullMarked
package com.tokaify.ledger.command.usage;

import org.jspecify.annotations.NullMarked;
