/** Ranges of IP addresses, as allowlists use them. */
@NullMarked
package com.tokaify.ledger.events.net;

import org.jspecify.annotations.NullMarked;
