package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.settings.LedgerSettings;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.SecretDigest;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.io.IOException;
import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/** Makes secrets and the hashes they are looked up by. Thread-safe. */
@Component
public final class SecretMint {
    private final SecureRandom random = new SecureRandom();
    private final Pepper pepper;

    SecretMint(LedgerSettings settings) throws IOException {
        this.pepper = Pepper.read(settings.pepperFile());
    }

    TokenSecret mint() {
        return TokenSecret.generate(random);
    }

    public LookupHash hash(TokenSecret secret) {
        return pepper.hash(secret);
    }

    /** The same for a secret of which only the digest is known. */
    public LookupHash hash(SecretDigest digest) {
        return pepper.hash(digest);
    }
}
