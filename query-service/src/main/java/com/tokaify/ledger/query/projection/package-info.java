/** How views follow the stream: the tail of the topic, positions, and one transaction per batch. */
@NullMarked
package com.tokaify.ledger.query.projection;

import org.jspecify.annotations.NullMarked;
