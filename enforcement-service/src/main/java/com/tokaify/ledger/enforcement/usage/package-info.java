/** What calls have cost: taken from gateways and put on Kafka before it is acknowledged. */
@NullMarked
package com.tokaify.ledger.enforcement.usage;

import org.jspecify.annotations.NullMarked;
