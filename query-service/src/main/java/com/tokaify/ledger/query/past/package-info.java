/** Asking for what was: moments, and the answers there are. */
@NullMarked
package com.tokaify.ledger.query.past;

import org.jspecify.annotations.NullMarked;
