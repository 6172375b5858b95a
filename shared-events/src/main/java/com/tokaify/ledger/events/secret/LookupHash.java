package com.tokaify.ledger.events.secret;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What a secret is found by: the 256 bits of HMAC-SHA-256(pepper, SHA-256(secret)). Safe to
 * publish: without the pepper nobody can even test a secret against it. As text base64url, 43
 * characters.
 */
public record LookupHash(long a, long b, long c, long d) {
    static final int BYTES = 32;

    // 43 characters hold 258 bits; the last two must be zero, so that a hash has one text only.
    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    /** Jackson must not build a hash from its four numbers; the text is the only form. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    public LookupHash {}

    static LookupHash of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new LookupHash(
                buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    @JsonCreator
    public static LookupHash parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new InvalidField("lookupHash", "must be 32 bytes in base64url");
        }
        return of(Base64.getUrlDecoder().decode(text));
    }

    @JsonValue
    @Override
    public String toString() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }
}
