package com.tokaify.ledger.console;

import java.security.SecureRandom;
import java.util.Base64;

/** Texts nobody can guess: secrets of clients, codes of invitations. */
public final class RandomText {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** 256 random bits, 43 characters that need no escape in an address. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
