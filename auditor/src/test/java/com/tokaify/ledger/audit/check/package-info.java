/** Tampering: each way to change a ledger, and what must be found. */
@NullMarked
package com.tokaify.ledger.audit.check;

import org.jspecify.annotations.NullMarked;
