package com.tokaify.ledger.console.user;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many wrong passwords are taken in five minutes.
 *
 * @param tries for one name from one address
 * @param triesPerAddress from one address, whatever the name
 */
@ConfigurationProperties("ledger.sign-in")
public record SignInSettings(int tries, int triesPerAddress) {

    public SignInSettings {
        if (tries < 1 || triesPerAddress < tries) {
            throw new IllegalArgumentException(
                    "LEDGER_SIGN_IN_TRIES must be at least 1 and at most"
                            + " LEDGER_SIGN_IN_TRIES_PER_ADDRESS");
        }
    }
}
