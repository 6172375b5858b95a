/** A witness and logs that keep or break their word. */
@NullMarked
package com.tokaify.ledger.audit.witness;

import org.jspecify.annotations.NullMarked;
