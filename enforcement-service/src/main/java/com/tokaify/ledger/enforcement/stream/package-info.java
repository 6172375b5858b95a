/** The reader that folds Kafka into the view. */
@NullMarked
package com.tokaify.ledger.enforcement.stream;

import org.jspecify.annotations.NullMarked;
