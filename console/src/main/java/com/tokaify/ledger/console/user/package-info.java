/** The embedded issuer's people: sign-in, passwords, invitations. */
@NullMarked
package com.tokaify.ledger.console.user;

import org.jspecify.annotations.NullMarked;
