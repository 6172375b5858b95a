/** Accounts: their commands, their state, their decisions. */
@NullMarked
package com.tokaify.ledger.command.account;

import org.jspecify.annotations.NullMarked;
