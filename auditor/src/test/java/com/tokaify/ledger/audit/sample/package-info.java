/** A small ledger that tests tamper with, sealed by the verifier's own core. */
@NullMarked
package com.tokaify.ledger.audit.sample;

import org.jspecify.annotations.NullMarked;
