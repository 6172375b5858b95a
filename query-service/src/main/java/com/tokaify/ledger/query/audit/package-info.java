/** Everything that happened, for auditors: a feed in pages, and a streamed export. */
@NullMarked
package com.tokaify.ledger.query.audit;

import org.jspecify.annotations.NullMarked;
