package com.tokaify.ledger.audit.check;

import static com.tokaify.ledger.audit.sample.SampleLedger.CHAT;
import static com.tokaify.ledger.audit.sample.SampleLedger.GONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.sample.Forged;
import com.tokaify.ledger.audit.sample.SampleLedger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tables rule out and files and topics do not: positions twice, streams astray. */
class OrderChecksTest {
    private static final SampleLedger LEDGER = SampleLedger.standard();
    private static final LoggedEvent EVENT = LEDGER.event(CHAT, 4);
    private static final CheckFactory STREAMS = StreamCheck.of(SampleLedger.PARTITIONS);

    @Test
    void ledgerInOrderGivesNoFinding() {
        assertThat(Found.in(LEDGER, PositionCheck.over(LEDGER))).isEmpty();
        assertThat(Found.in(LEDGER, STREAMS)).isEmpty();
    }

    @Test
    void positionThatComesAgainIsFound() {
        List<LoggedEvent> events = new ArrayList<>(LEDGER.events());
        events.add(events.indexOf(EVENT), EVENT);
        SampleLedger twice = new SampleLedger(events);
        assertThat(Found.in(twice, PositionCheck.over(twice)))
                .containsExactly("POSITION_REPEATED " + EVENT.partition() + ":" + EVENT.pseq());
        assertThat(Found.in(twice, STREAMS)).containsExactly("SEQUENCE_BROKEN " + EVENT.id());
    }

    /** Two holes are two findings, however wide; the end may be one of them. */
    @Test
    void holesAreFoundOneByOne() {
        List<LoggedEvent> events = new ArrayList<>(LEDGER.events());
        events.removeIf(each -> isAt(each, 2) || isAt(each, 3) || isAt(each, 5));
        SampleLedger holes = new SampleLedger(events);
        assertThat(Found.in(holes, PositionCheck.over(LEDGER)))
                .containsExactly(
                        "POSITION_MISSING " + EVENT.partition() + ":2",
                        "POSITION_MISSING " + EVENT.partition() + ":5");
    }

    private static boolean isAt(LoggedEvent event, long pseq) {
        return event.partition() == EVENT.partition() && event.pseq() == pseq;
    }

    /** Each stream that is not where it belongs, once. */
    @Test
    void streamInAForeignPartitionIsFound() {
        int foreign = (EVENT.partition() + 1) % SampleLedger.PARTITIONS;
        SampleLedger astray =
                new SampleLedger(
                        LEDGER.events().stream()
                                .map(each ->
                                        each.stream().equals(CHAT.toString())
                                                ? Forged.at(each, foreign, 100 + each.pseq())
                                                : each)
                                .toList());
        assertThat(Found.in(astray, STREAMS)).containsExactly("WRONG_PARTITION " + CHAT);
    }

    @Test
    void whatIsNoStreamIsFound() {
        SampleLedger unnamed = LEDGER.with(GONE, 0, each -> Forged.stream(each, "nobody"));
        LoggedEvent first = LEDGER.event(GONE, 0);
        assertThat(Found.in(unnamed, STREAMS))
                .containsExactly(
                        "EVENT_UNREADABLE " + first.partition() + ":" + first.pseq(),
                        "SEQUENCE_BROKEN " + GONE + ":1");
    }
}
