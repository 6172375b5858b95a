package com.tokaify.ledger.events.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one token: {@code tok_} and a UUIDv7 as TypeID writes it. */
public record TokenId(UUID uuid) implements StreamId {
    static final String PREFIX = "tok_";

    @JsonCreator
    public static TokenId parse(String text) {
        return new TokenId(TypeIds.parse("tokenId", PREFIX, text));
    }

    @JsonValue
    @Override
    public String toString() {
        return TypeIds.text(PREFIX, uuid);
    }
}
