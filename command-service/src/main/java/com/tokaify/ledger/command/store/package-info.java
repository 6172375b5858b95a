/** The event store: append-only rows with dense positions, written by group commit. */
@NullMarked
package com.tokaify.ledger.command.store;

import org.jspecify.annotations.NullMarked;
