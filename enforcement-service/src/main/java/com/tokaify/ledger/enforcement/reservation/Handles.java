package com.tokaify.ledger.enforcement.reservation;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.Pepper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The text of handles: {@code rsv_} and base64url of what the handle says followed by a tag, the
 * first 128 bits of an HMAC under a key derived from the pepper. Every instance of a ledger has the
 * pepper, so any of them can tell a handle that one of them has made, without having met it. Any
 * number of threads.
 */
final class Handles {
    private static final String PREFIX = "rsv_";
    private static final String LABEL = "tokaify reservation handle 1";
    private static final String HMAC = "HmacSHA256";
    private static final byte VERSION = 1;
    private static final int TAG_BYTES = 16;
    private static final int FIXED_BYTES = 1 + 5 * Long.BYTES;
    private static final int MAX_TEXT = 512;

    private final SecretKey key;

    Handles(Pepper pepper) {
        this.key = pepper.derivedKey(LABEL);
    }

    String write(Handle handle) {
        byte[] model =
                (handle.model() == null ? "" : handle.model()).getBytes(StandardCharsets.US_ASCII);
        UUID token = handle.tokenId().uuid();
        byte[] said =
                ByteBuffer.allocate(FIXED_BYTES + model.length)
                        .put(VERSION)
                        .putLong(token.getMostSignificantBits())
                        .putLong(token.getLeastSignificantBits())
                        .putLong(handle.amount())
                        .putLong(handle.expiresAt().toEpochMilli())
                        .putLong(handle.nonce())
                        .put(model)
                        .array();
        byte[] whole = Arrays.copyOf(said, said.length + TAG_BYTES);
        System.arraycopy(tag(said), 0, whole, said.length, TAG_BYTES);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** Nothing where no instance of this ledger has written the text. */
    Optional<Handle> read(String text) {
        if (!text.startsWith(PREFIX) || text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int length = whole.length - TAG_BYTES;
        if (length < FIXED_BYTES || whole[0] != VERSION) {
            return Optional.empty();
        }
        byte[] said = Arrays.copyOf(whole, length);
        byte[] given = Arrays.copyOfRange(whole, length, whole.length);
        if (!MessageDigest.isEqual(given, tag(said))) {
            return Optional.empty();
        }
        Handle handle = parse(said);
        // The last character of base64 may have bits that say nothing: a handle has one text.
        return write(handle).equals(text) ? Optional.of(handle) : Optional.empty();
    }

    private static Handle parse(byte[] said) {
        ByteBuffer buffer = ByteBuffer.wrap(said, 1, said.length - 1);
        TokenId token = new TokenId(new UUID(buffer.getLong(), buffer.getLong()));
        long amount = buffer.getLong();
        Instant expiresAt = Instant.ofEpochMilli(buffer.getLong());
        long nonce = buffer.getLong();
        String model = StandardCharsets.US_ASCII.decode(buffer).toString();
        try {
            return new Handle(token, model.isEmpty() ? null : model, amount, expiresAt, nonce);
        } catch (InvalidField e) {
            throw new IllegalStateException("an authentic handle breaks a rule", e);
        }
    }

    /**
     * The usage id under which whatever is settled under the handle is booked, wherever and however
     * often. It does not tell the handle, since everybody who reads the ledger reads it.
     */
    static String usageIdOf(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII));
            return PREFIX
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(Arrays.copyOf(digest, TAG_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private byte[] tag(byte[] said) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(said), TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
