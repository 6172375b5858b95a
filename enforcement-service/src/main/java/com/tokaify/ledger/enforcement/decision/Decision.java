package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The answer to a check: allowed, or refused with one reason. */
public sealed interface Decision {

    Code code();

    /** The secret matched no token: its bearer learns nothing more. */
    record Unidentified(Code code) implements Decision {}

    /**
     * The secret matched, so its bearer may know the precise reason.
     *
     * @param remaining units left under the token's own limit; null is unlimited
     * @param expiresAt null is never
     * @param position up to where the token's partition was known, at least
     */
    record Identified(
            Code code,
            TokenId tokenId,
            AccountId accountId,
            String group,
            @Nullable Long remaining,
            @Nullable Instant expiresAt,
            Position position)
            implements Decision {}
}
