/** Guards: answers gateways from memory whether a token may be used, and takes their usage. */
@NullMarked
package com.tokaify.ledger.enforcement;

import org.jspecify.annotations.NullMarked;
