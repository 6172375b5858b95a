/** Keeps what a log has signed, and signs that each of its checkpoints continues the last. */
@NullMarked
package com.tokaify.ledger.audit.witness;

import org.jspecify.annotations.NullMarked;
