package com.tokaify.ledger.command.takeover;

import com.tokaify.ledger.events.secret.SecretDigest;
import com.tokaify.ledger.events.secret.TokenSecret;

/** What an export tells of a token's secret. */
sealed interface ExportedSecret {
    /** What lists show of it. */
    String mask();

    record Known(TokenSecret secret) implements ExportedSecret {
        @Override
        public String mask() {
            return secret.mask();
        }
    }

    /** Recognised when it is used, and never shown. */
    record Hashed(SecretDigest digest, String mask) implements ExportedSecret {}
}
