/** Tokens: their commands, their state, their decisions. */
@NullMarked
package com.tokaify.ledger.command.token;

import org.jspecify.annotations.NullMarked;
