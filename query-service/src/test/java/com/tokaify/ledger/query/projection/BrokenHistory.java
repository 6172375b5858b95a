package com.tokaify.ledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.query.ScriptedLedger;
import java.util.ArrayList;
import java.util.List;

/**
 * A history with an event in it that contradicts those before it, or that nobody can write.
 *
 * @param broken the event, one of them
 */
record BrokenHistory(List<RecordedEvent> events, RecordedEvent broken) {

    /** At this place of a history something was opened once more. */
    static BrokenHistory contradicting(List<RecordedEvent> history, int place) {
        RecordedEvent broken =
                ScriptedLedger.instead(history.get(place), new AccountOpened("again"));
        List<RecordedEvent> events = new ArrayList<>(history);
        events.set(place, broken);
        return new BrokenHistory(List.copyOf(events), broken);
    }

    /** All that can be applied: what lies before the event, and everything of other partitions. */
    List<RecordedEvent> intact() {
        return events.stream()
                .filter(each ->
                        each.position().partition() != broken.position().partition()
                                || each.position().pseq() < broken.position().pseq())
                .toList();
    }

    /** Its partition was stopped, at the event and no sooner, and no other. */
    void assertStopped(ViewWriter.Applied applied) {
        assertThat(applied.stops())
                .singleElement()
                .satisfies(stop -> {
                    assertThat(stop.partition()).isEqualTo(broken.position().partition());
                    assertThat(stop.pseq()).isEqualTo(Long.toString(broken.position().pseq()));
                    assertThat(stop.eventId()).isEqualTo(broken.stream() + ":" + broken.sequence());
                });
    }
}
