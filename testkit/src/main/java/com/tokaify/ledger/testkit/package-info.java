/**
 * What integration tests stand on: a real PostgreSQL and a real Kafka, and waiting without sleep.
 */
@NullMarked
package com.tokaify.ledger.testkit;

import org.jspecify.annotations.NullMarked;
