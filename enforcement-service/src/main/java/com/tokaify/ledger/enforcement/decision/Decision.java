package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.enforcement.view.UsedSecret;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.rules.Code;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The answer to a check: allowed, or refused with one reason. */
public sealed interface Decision {

    Code code();

    /** One sentence for people. */
    String message();

    /** When the same call may be allowed; 0 where waiting alone does not help. */
    long retryAfterSeconds();

    /** The secret matched no token: its bearer learns nothing more. */
    record Unidentified(Code code, String message) implements Decision {
        public Unidentified(Code code) {
            this(code, code.message());
        }

        @Override
        public long retryAfterSeconds() {
            return 0;
        }
    }

    /**
     * The secret matched, so its bearer may know the precise reason.
     *
     * @param secret which of the token's secrets was given
     * @param remaining units left under the token's limit, or under the model's where fewer are;
     *     null is unlimited
     * @param expiresAt null is never
     * @param position up to where the token's partition was known, at least
     */
    record Identified(
            Verdict verdict,
            TokenId tokenId,
            AccountId accountId,
            String group,
            UsedSecret secret,
            @Nullable Long remaining,
            @Nullable Instant expiresAt,
            Position position)
            implements Decision {
        @Override
        public Code code() {
            return verdict.code();
        }

        @Override
        public String message() {
            return verdict.message();
        }

        @Override
        public long retryAfterSeconds() {
            return verdict.retryAfterSeconds();
        }
    }
}
