/** Identifiers: a prefix that tells the type, and a UUIDv7 behind it. */
@NullMarked
package com.tokaify.ledger.events.id;

import org.jspecify.annotations.NullMarked;
