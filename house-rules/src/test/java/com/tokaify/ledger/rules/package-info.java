/** The rules of the house, and where they look. */
@NullMarked
package com.tokaify.ledger.rules;

import org.jspecify.annotations.NullMarked;
