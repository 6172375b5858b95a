/** What both sides of Kafka need here. */
@NullMarked
package com.tokaify.ledger.command.kafka;

import org.jspecify.annotations.NullMarked;
