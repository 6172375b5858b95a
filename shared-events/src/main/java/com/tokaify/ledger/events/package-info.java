/** The facts of the ledger: every event there is, and the words they are made of. */
@NullMarked
package com.tokaify.ledger.events;

import org.jspecify.annotations.NullMarked;
