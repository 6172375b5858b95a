/** Tokens as lists and details show them. */
@NullMarked
package com.tokaify.ledger.query.token;

import org.jspecify.annotations.NullMarked;
