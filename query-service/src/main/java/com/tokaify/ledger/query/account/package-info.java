/** Accounts and their balances. */
@NullMarked
package com.tokaify.ledger.query.account;

import org.jspecify.annotations.NullMarked;
