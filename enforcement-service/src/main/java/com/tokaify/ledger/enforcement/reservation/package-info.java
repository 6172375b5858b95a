/** Units held before a call: reserved, then settled with what it cost, or released. */
@NullMarked
package com.tokaify.ledger.enforcement.reservation;

import org.jspecify.annotations.NullMarked;
