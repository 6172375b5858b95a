/** Who asks: gateways by their keys, everybody by access tokens, and what each may ask. */
@NullMarked
package com.tokaify.ledger.enforcement.access;

import org.jspecify.annotations.NullMarked;
