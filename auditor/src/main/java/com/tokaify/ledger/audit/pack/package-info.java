/** Evidence that can be carried away: events as they lie in the store, and what proves them. */
@NullMarked
package com.tokaify.ledger.audit.pack;

import org.jspecify.annotations.NullMarked;
