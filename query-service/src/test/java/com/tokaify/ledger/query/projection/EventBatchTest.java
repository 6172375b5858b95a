package com.tokaify.ledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.query.RandomHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read together, and what is left of it where a partition ends. */
class EventBatchTest {
    private static final int PARTITIONS = 3;
    private static final List<RecordedEvent> HISTORY = RandomHistory.of(5, PARTITIONS, 60);

    private final EventBatch whole = ViewDatabase.batch(HISTORY);

    /** Two batches read one after the other are the batch read at once. */
    @Test
    void batchesReadInTurnAreOne() {
        EventBatch first = ViewDatabase.batch(HISTORY.subList(0, 25));
        EventBatch second = ViewDatabase.batch(HISTORY.subList(25, HISTORY.size()));

        EventBatch both = first.and(second);

        assertThat(recorded(both)).isEqualTo(HISTORY);
        assertThat(both.nextOffsets()).isEqualTo(whole.nextOffsets());
        assertThat(EventBatch.NOTHING.and(whole)).isEqualTo(whole);
        assertThat(whole.and(EventBatch.NOTHING)).isEqualTo(whole);
    }

    /** Before an event lies everything but it and what follows in its partition. */
    @Test
    void aBatchEndsBeforeAnEventInItsPartitionOnly() {
        RecordedEvent end = HISTORY.get(20);
        int partition = end.position().partition();

        EventBatch before = whole.before(end, Stop.at(end, "why"));

        List<RecordedEvent> expected = new ArrayList<>(HISTORY);
        expected.removeIf(event ->
                event.position().partition() == partition
                        && event.position().pseq() >= end.position().pseq());
        assertThat(recorded(before)).isEqualTo(expected);
        assertThat(before.nextOffsets().get(partition))
                .as("where the event lies is not known, so reading continues where it did")
                .isZero();
        assertThat(before.stops()).containsExactly(Stop.at(end, "why"));
    }

    /** The earlier of two ends of a partition is the one that counts. */
    @Test
    void anEarlierEndReplacesALaterOne() {
        Stop later = Stop.of(1, "later");
        EventBatch ending = new EventBatch(whole.events(), whole.nextOffsets(), List.of(later));
        Stop earlier = Stop.of(1, "earlier");

        EventBatch left = ending.without(List.of(earlier));

        assertThat(left.stops()).containsExactly(earlier);
        assertThat(recorded(left)).noneMatch(event -> event.position().partition() == 1);
    }

    /** A partition that has stopped long ago is not in a batch that has nothing of it. */
    @Test
    void aStopOfAnotherPartitionChangesNothing() {
        EventBatch ofOthers = new EventBatch(List.of(), Map.of(0, 7L), List.of());

        assertThat(ofOthers.without(List.of(Stop.of(1, "long ago")))).isEqualTo(ofOthers);
    }

    /** Halves of a batch are the batch; only where it ends on Kafka is known of its end alone. */
    @Test
    void halvesOfABatchAreTheBatch() {
        EventBatch first = whole.first(20);
        EventBatch rest = whole.from(20);

        assertThat(recorded(first.and(rest))).isEqualTo(HISTORY);
        assertThat(first.nextOffsets().values()).containsOnly(0L);
        assertThat(rest.nextOffsets()).isEqualTo(whole.nextOffsets());
    }

    private static List<RecordedEvent> recorded(EventBatch batch) {
        return batch.events().stream().map(ReceivedEvent::recorded).toList();
    }
}
