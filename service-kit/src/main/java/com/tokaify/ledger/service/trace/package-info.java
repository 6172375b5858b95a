/** One trace from a request to where its events are in force, for those who run a collector. */
@NullMarked
package com.tokaify.ledger.service.trace;

import org.jspecify.annotations.NullMarked;
