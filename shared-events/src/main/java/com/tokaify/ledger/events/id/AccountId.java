package com.tokaify.ledger.events.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one account: {@code acc_} and a UUIDv7 as TypeID writes it. */
public record AccountId(UUID uuid) implements StreamId {
    static final String PREFIX = "acc_";

    @JsonCreator
    public static AccountId parse(String text) {
        return new AccountId(TypeIds.parse("accountId", PREFIX, text));
    }

    @JsonValue
    @Override
    public String toString() {
        return TypeIds.text(PREFIX, uuid);
    }
}
