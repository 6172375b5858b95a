/** PostgreSQL and Kafka as child processes of this machine, durable and bound to loopback. */
@NullMarked
package com.tokaify.ledger.local;

import org.jspecify.annotations.NullMarked;
