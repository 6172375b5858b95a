/** How often tokens may be used within a minute, as this instance counts it. */
@NullMarked
package com.tokaify.ledger.enforcement.rate;

import org.jspecify.annotations.NullMarked;
