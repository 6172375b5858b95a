/** The embedded OIDC issuer: keys, clients, tokens. */
@NullMarked
package com.tokaify.ledger.console.issuer;

import org.jspecify.annotations.NullMarked;
