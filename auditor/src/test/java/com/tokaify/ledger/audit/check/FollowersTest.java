package com.tokaify.ledger.audit.check;

import static com.tokaify.ledger.audit.sample.SampleLedger.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.sample.Forged;
import com.tokaify.ledger.audit.sample.SampleLedger;
import com.tokaify.ledger.audit.sample.SampleSeals;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What follows the store, Kafka and the seals, may follow a little later and not otherwise. */
class FollowersTest {
    private static final SampleLedger LEDGER = SampleLedger.standard();
    private static final SampleLedger LONGER =
            LEDGER.and(CHAT, new TokenRenamed("just now"), LEDGER.event(CHAT, 8).sequence() + 1);
    private static final LoggedEvent NEW = LONGER.events().getLast();
    private static final String AT_NEW = NEW.partition() + ":" + NEW.pseq();

    private static final Due EVERYTHING = new Due(Instant.MAX);
    private static final Due NOTHING_YET = new Due(Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void newEventNeedNotBeSealed() {
        SampleSeals seals = SampleSeals.of(LEDGER, SampleSeals.newKey());
        assertThat(Found.in(LONGER, new LeafCheck(seals, NOTHING_YET))).isEmpty();
        assertThat(Found.in(LONGER, new LeafCheck(seals, EVERYTHING)))
                .containsExactly("NOT_SEALED " + AT_NEW);
    }

    /** By its sequence an event is the first of its stream, for the sealer and for the check. */
    @Test
    void eventThatCallsItselfTheFirstWasSealedAsOne() {
        SampleLedger again = LEDGER.with(CHAT, 4, each -> Forged.sequence(each, 0));
        SampleSeals seals = SampleSeals.of(again, SampleSeals.newKey());
        assertThat(Found.in(again, new LeafCheck(seals, EVERYTHING))).isEmpty();
    }

    @Test
    void newEventNeedNotBeOnKafka() {
        assertThat(Found.in(LONGER, new MirrorCheck(LEDGER, NOTHING_YET))).isEmpty();
        assertThat(Found.in(LONGER, new MirrorCheck(LEDGER, EVERYTHING)))
                .containsExactly("RECORD_MISSING " + AT_NEW);
    }

    /** What has no time could be called new for ever. */
    @Test
    void eventWithoutATimeIsNotExcused() {
        SampleLedger timeless =
                LONGER.with(CHAT, NEW.sequence(), each -> Forged.recordedAt(each, "soon"));
        assertThat(Found.in(timeless, new MirrorCheck(LEDGER, NOTHING_YET)))
                .containsExactly("RECORD_MISSING " + AT_NEW);
    }

    /** The name a record gives its stream is one of the things that must be the same. */
    @Test
    void recordOfAnotherStreamIsFound() {
        LoggedEvent event = LEDGER.event(CHAT, 4);
        SampleLedger renamed =
                LEDGER.with(CHAT, 4, each -> Forged.stream(each, SampleLedger.GONE.toString()));
        assertThat(Found.in(LEDGER, new MirrorCheck(renamed, EVERYTHING)))
                .containsExactly("RECORD_DIFFERS " + event.partition() + ":" + event.pseq());
    }
}
