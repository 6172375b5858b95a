package com.tokaify.ledger.command.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.decision.OnceKey;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecollectionTest {
    private final Recollection recollection = new Recollection();

    private static OnceKey key(long high, long low) {
        return new OnceKey(new UUID(high, low));
    }

    private void untilItTrusts() {
        for (int i = 0; i < Recollection.CAREFUL_COMMANDS; i++) {
            assertThat(recollection.mayBeRepeated(key(1, i))).isTrue();
            recollection.decided(1);
        }
        assertThat(recollection.mayBeRepeated(key(1, 1))).isFalse();
    }

    /** After a start anything may be a repetition: callers ask again what a crash left open. */
    @Test
    void looksEverythingUpAfterAStart() {
        untilItTrusts();
    }

    /** One surprise, and everything is looked up for a while again, however large the batches. */
    @Test
    void looksEverythingUpAfterASurprise() {
        untilItTrusts();
        recollection.surprised();
        recollection.decided(Recollection.CAREFUL_COMMANDS - 1);
        assertThat(recollection.mayBeRepeated(key(2, 2))).isTrue();
        recollection.decided(1_000);
        assertThat(recollection.mayBeRepeated(key(2, 2))).isFalse();
    }

    /** What was recorded a short while ago is looked up, until another key takes its place. */
    @Test
    void remembersWhatWasRecordedLast() {
        untilItTrusts();
        recollection.recorded(key(3, 7));
        assertThat(recollection.mayBeRepeated(key(3, 7))).isTrue();
        assertThat(recollection.mayBeRepeated(key(4, 7))).isFalse();
        assertThat(recollection.mayBeRepeated(key(3, 8))).isFalse();
        recollection.recorded(key(5, 7 + Recollection.SLOTS));
        assertThat(recollection.mayBeRepeated(key(3, 7))).isFalse();
    }
}
