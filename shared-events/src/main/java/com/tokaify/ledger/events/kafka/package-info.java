/** Events on Kafka: topics, partitions and the CloudEvents binding. */
@NullMarked
package com.tokaify.ledger.events.kafka;

import org.jspecify.annotations.NullMarked;
