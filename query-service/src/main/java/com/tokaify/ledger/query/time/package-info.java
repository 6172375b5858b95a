/** Time cut into pieces: quarters of an hour, hours, days. */
@NullMarked
package com.tokaify.ledger.query.time;

import org.jspecify.annotations.NullMarked;
