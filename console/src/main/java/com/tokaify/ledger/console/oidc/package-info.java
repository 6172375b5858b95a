/** Signing in at an OIDC issuer, and the tokens that come of it. */
@NullMarked
package com.tokaify.ledger.console.oidc;

import org.jspecify.annotations.NullMarked;
