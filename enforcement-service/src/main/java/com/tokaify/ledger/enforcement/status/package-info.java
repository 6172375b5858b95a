/** How far this instance is, for operators and probes. */
@NullMarked
package com.tokaify.ledger.enforcement.status;

import org.jspecify.annotations.NullMarked;
