package com.tokaify.ledger.console.oidc;

import com.tokaify.ledger.console.Grant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in.
 *
 * @param userId the issuer's name for them, opaque
 * @param signedInAt when they last entered a password; absent where the issuer does not tell
 */
public record Person(String userId, String name, Grant grant, @Nullable Instant signedInAt) {}
