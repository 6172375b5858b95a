/** Everything that can be set from outside, and its bounds. */
@NullMarked
package com.tokaify.ledger.enforcement.settings;

import org.jspecify.annotations.NullMarked;
