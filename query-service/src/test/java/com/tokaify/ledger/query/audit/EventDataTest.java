package com.tokaify.ledger.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.query.ScriptedLedger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of an event for those who do not keep the ledger. */
class EventDataTest {
    private static final LookupHash HASH = new LookupHash(1, 2, 3, 4);

    /** Nothing but the digest is missing, whichever way an event is told. */
    @Test
    void onlyTheDigestIsLeftOut() {
        for (TokenEvent event :
                List.of(
                        ScriptedLedger.tokenCreated(
                                new ScriptedLedger(1).newAccountId(), "Büro 東京"),
                        new SecretRotated(HASH, ScriptedLedger.MASK, null))) {
            String written = written(event);
            String rest = written.replace("\"lookupHash\":\"" + HASH + "\",", "");
            assertThat(rest).isNotEqualTo(written).contains(ScriptedLedger.MASK);

            assertThat(EventData.told(written)).isEqualTo(rest);
            assertThat(EventData.told(event)).hasToString(rest);
        }
    }

    /**
     * Whatever people write is told as they wrote it, in other systems' spelling of JSON as well.
     */
    @Test
    void everythingElseStaysAsItWasWritten() {
        assertThat(EventData.told("{ \"name\" : \"B\\u00fcro\" }"))
                .isEqualTo("{ \"name\" : \"B\\u00fcro\" }");
        String named = written(new TokenRenamed("my \"lookupHash\""));
        assertThat(EventData.told(named)).isEqualTo(named);
    }

    private static String written(TokenEvent event) {
        return new String(EventCodec.encode(event), UTF_8);
    }
}
