package com.tokaify.ledger.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.Actor.Kind;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActorTest {

    /** Every kind of actor is read back from its text. */
    @ParameterizedTest
    @EnumSource
    void actorIsReadBackFromItsText(Kind kind) {
        Actor actor = new Actor(kind, "A.b_c@d/e-9");

        assertThat(Actor.parse(actor.toString())).isEqualTo(actor);
        assertThat(actor).hasToString(kind.name().toLowerCase(Locale.ROOT) + ":A.b_c@d/e-9");
    }

    /** The ledger's own parts are actors too. */
    @Test
    void ledgerItselfIsAnActor() {
        assertThat(Actor.system("expiry")).hasToString("system:expiry");
    }

    /** An actor is a kind and an opaque id; nothing that could hold a sentence or a name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "owner",
                "owner:",
                ":x",
                "OWNER:x",
                "robot:x",
                "owner:x y",
                "owner:x:y",
                "owner:é",
                "owner:x\n",
                "owner:01234567890123456789012345678901234567890123456789012345678901234"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Actor.parse(text))
                .isInstanceOf(InvalidField.class)
                .hasMessageStartingWith("actor must ");
    }
}
