/** Callers of services that ask for access tokens, good ones and bad ones. */
@NullMarked
package com.tokaify.ledger.testkit.access;

import org.jspecify.annotations.NullMarked;
