package com.tokaify.ledger.query.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.InvalidField;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked about: {@code gateway:edge-1} is one actor, {@code gateway} all of a kind.
 *
 * @param id null is any
 */
record ActorFilter(Actor.Kind kind, @Nullable String id) {

    static ActorFilter parse(String field, String text) {
        if (text.contains(":")) {
            Actor actor = Actor.parse(text);
            return new ActorFilter(actor.kind(), actor.id());
        }
        for (Actor.Kind kind : Actor.Kind.values()) {
            if (kind.text().equals(text)) {
                return new ActorFilter(kind, null);
            }
        }
        String kinds =
                Arrays.stream(Actor.Kind.values())
                        .map(Actor.Kind::text)
                        .collect(Collectors.joining(", "));
        throw new InvalidField(field, "must be one of " + kinds + ", alone or with : and an id");
    }

    @JsonValue
    @Override
    public String toString() {
        return id == null ? kind.text() : kind.text() + ":" + id;
    }
}
