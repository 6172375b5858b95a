/** Where events are read from: the store, Kafka, a file. As they lie there, uninterpreted. */
@NullMarked
package com.tokaify.ledger.audit.source;

import org.jspecify.annotations.NullMarked;
