/** The token's secret: its format, and the hash it is looked up by. */
@NullMarked
package com.tokaify.ledger.events.secret;

import org.jspecify.annotations.NullMarked;
