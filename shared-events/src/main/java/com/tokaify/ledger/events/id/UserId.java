package com.tokaify.ledger.events.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * Names one person: {@code usr_} and a UUIDv7 as TypeID writes it. Who that is, events do not tell:
 * it stands as the id of an actor, e.g. {@code owner:usr_…}.
 */
public record UserId(UUID uuid) {
    static final String PREFIX = "usr_";

    @JsonCreator
    public static UserId parse(String text) {
        return new UserId(TypeIds.parse("userId", PREFIX, text));
    }

    @JsonValue
    @Override
    public String toString() {
        return TypeIds.text(PREFIX, uuid);
    }
}
