package com.tokaify.ledger.command.token;

import com.tokaify.ledger.events.id.TokenId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shows the secret a token has from now on.
 *
 * @param previousValidUntil until when the secret before is still accepted; null is not at all
 */
record RotatedSecret(
        TokenId tokenId,
        String secret,
        String mask,
        String connectionString,
        @Nullable Instant previousValidUntil) {
    @Override
    public String toString() {
        return "RotatedSecret[tokenId=" + tokenId + ", secret=[hidden], mask=" + mask + "]";
    }
}
