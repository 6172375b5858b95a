/** The view of what tokens and accounts are now. */
@NullMarked
package com.tokaify.ledger.query.books;

import org.jspecify.annotations.NullMarked;
