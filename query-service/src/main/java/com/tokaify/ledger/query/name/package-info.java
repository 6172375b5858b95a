/** What tokens and accounts are called. */
@NullMarked
package com.tokaify.ledger.query.name;

import org.jspecify.annotations.NullMarked;
