/** The JSON face of the decision. */
@NullMarked
package com.tokaify.ledger.enforcement.verify;

import org.jspecify.annotations.NullMarked;
