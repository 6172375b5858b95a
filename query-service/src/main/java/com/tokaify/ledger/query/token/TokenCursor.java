package com.tokaify.ledger.query.token;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.TokenId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page ended: after this token. It names a place in the order and not a count, so pages
 * neither repeat nor miss a token when others come and go meanwhile. Opaque to callers.
 */
record TokenCursor(TokenId after) {

    static TokenCursor parse(String field, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed(field);
        }
        if (bytes.length != 2 * Long.BYTES) {
            throw malformed(field);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new TokenCursor(new TokenId(new UUID(buffer.getLong(), buffer.getLong())));
    }

    @JsonValue
    @Override
    public String toString() {
        UUID uuid = after.uuid();
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static InvalidField malformed(String field) {
        return new InvalidField(field, "must be the nextCursor of an earlier answer");
    }
}
