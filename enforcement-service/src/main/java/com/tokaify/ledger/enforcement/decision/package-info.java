/** Whether a token may be used: the checks, their order and their reason codes. */
@NullMarked
package com.tokaify.ledger.enforcement.decision;

import org.jspecify.annotations.NullMarked;
