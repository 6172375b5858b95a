package com.tokaify.ledger.enforcement.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.Role;
import com.tokaify.ledger.service.access.Scope;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Static keys of gateways, of which only digests are configured. */
class GatewayKeysTest {
    private static final AccountId ACCOUNT = TestLedger.account(1);

    /** The key is known by its digest, and nothing like it is. */
    @Test
    void aKeyIsKnownByItsDigest() {
        GatewayKeys keys = GatewayKeys.parse(List.of("edge-1=" + TestKeys.digest("edge-key")));

        assertThat(keys.find("edge-key"))
                .isEqualTo(
                        new Access(
                                new Actor(Actor.Kind.GATEWAY, "edge-1"),
                                Role.GATEWAY,
                                new Scope.EveryAccount(),
                                null));
        for (String wrong : List.of("", "edge-ke", "edge-key ", "Edge-key", "edge-keyy")) {
            assertThat(keys.find(wrong)).as(wrong).isNull();
        }
        assertThat(keys.find(TestKeys.digest("edge-key")))
                .as("whoever reads the configuration has no key")
                .isNull();
    }

    /** A gateway may be bound to one account, and have two keys while one replaces the other. */
    @Test
    void aGatewayMayBeBoundAndHaveTwoKeys() {
        GatewayKeys keys =
                GatewayKeys.parse(
                        List.of(
                                "a/b.c=" + TestKeys.digest("old"),
                                " a/b.c=" + TestKeys.digest("new").toUpperCase(Locale.ROOT) + " ",
                                "theirs@" + ACCOUNT + "=" + TestKeys.digest("bound")));

        assertThat(keys.find("old")).isNotNull().isEqualTo(keys.find("new"));
        Access bound = Objects.requireNonNull(keys.find("bound"));
        assertThat(bound.actor()).hasToString("gateway:theirs");
        assertThat(bound.scope()).isEqualTo(new Scope.OneAccount(ACCOUNT));
    }

    /** A line that is none is refused, and not repeated: it may hold the key itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "edge-1",
                "edge-1=",
                "edge-1=edge-key",
                "=0000000000000000000000000000000000000000000000000000000000000000",
                "e dge=0000000000000000000000000000000000000000000000000000000000000000",
                "edge-1=000000000000000000000000000000000000000000000000000000000000000",
                "edge-1=00000000000000000000000000000000000000000000000000000000000000000",
                "edge-1@acc_x=0000000000000000000000000000000000000000000000000000000000000000",
                "edge-1@tok_x=0000000000000000000000000000000000000000000000000000000000000000"
            })
    void whatIsNoDigestIsRefused(String entry) {
        assertThatThrownBy(() -> GatewayKeys.parse(List.of(entry)))
                .isInstanceOf(InvalidField.class)
                .message()
                .doesNotContain("edge-key");
    }

    /** Every key is compared with all of them, so there is a bound. */
    @Test
    void thereAreNotTooMany() {
        String entry = "edge-1=" + TestKeys.digest("edge-key");

        assertThat(GatewayKeys.parse(Collections.nCopies(GatewayKeys.MOST, entry)).isEmpty())
                .isFalse();
        assertThatThrownBy(
                        () -> GatewayKeys.parse(Collections.nCopies(GatewayKeys.MOST + 1, entry)))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("at most 100");
        assertThat(GatewayKeys.parse(List.of()).find("edge-key")).isNull();
    }

    /** Neither keys nor digests get into a log. */
    @Test
    void nothingOfThemIsPrinted() {
        assertThat(GatewayKeys.parse(List.of("edge-1=" + TestKeys.digest("edge-key"))))
                .hasToString("1 gateway keys");
    }
}
