/** The hot endpoints' own edge: plain servlets, a strict JSON reader, no MVC. */
@NullMarked
package com.tokaify.ledger.enforcement.http;

import org.jspecify.annotations.NullMarked;
