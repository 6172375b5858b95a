/** An issuer that is not the console's. */
@NullMarked
package com.tokaify.ledger.foreign;

import org.jspecify.annotations.NullMarked;
