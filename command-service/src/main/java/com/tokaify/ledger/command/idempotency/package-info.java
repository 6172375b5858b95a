/** Requests that may be repeated: what a key was answered is kept, and answered again. */
@NullMarked
package com.tokaify.ledger.command.idempotency;

import org.jspecify.annotations.NullMarked;
