/** Who may ask what, and the two walls between accounts. */
@NullMarked
package com.tokaify.ledger.query.access;

import org.jspecify.annotations.NullMarked;
