package com.tokaify.ledger.enforcement.status;

import com.tokaify.ledger.enforcement.metrics.DelaySummary;
import com.tokaify.ledger.enforcement.metrics.Propagation;
import com.tokaify.ledger.enforcement.stream.EventStreamReader;
import com.tokaify.ledger.enforcement.stream.Snapshots;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.events.Position;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/view}: what this instance knows and how far it is. */
@RestController
public final class ViewController {
    private final LocalView view;
    private final EventStreamReader reader;
    private final Snapshots snapshots;
    private final Propagation propagation;

    public ViewController(
            LocalView view,
            EventStreamReader reader,
            Snapshots snapshots,
            Propagation propagation) {
        this.view = view;
        this.reader = reader;
        this.snapshots = snapshots;
        this.propagation = propagation;
    }

    /**
     * @param ready whether checks are decided
     * @param reason why they are or not, for people
     * @param percent how much of what was there at the start has been read
     * @param stale whether what is known may be older than allowed
     * @param ageMillis how old it may be: that of the oldest partition
     * @param partitions the last event of each partition that is in the view, {@code
     *     <partition>:<pseq>}
     * @param agesMillis how old each partition may be
     * @param behind records known to be in Kafka and not yet in the view
     * @param propagation from an event's record to its effect here, of the latest 1,000 events;
     *     null where none has come since this was ready
     * @param eventsInSnapshot events in the last snapshot on disk
     * @param rebuilds how often something was so wrong that everything was read again
     */
    record ViewReport(
            boolean ready,
            String reason,
            int percent,
            boolean stale,
            long ageMillis,
            int tokens,
            int accounts,
            List<String> partitions,
            List<Long> agesMillis,
            long eventsApplied,
            long behind,
            @Nullable DelaySummary propagation,
            long eventsInSnapshot,
            int rebuilds) {}

    @GetMapping("/v1/view")
    ViewReport view() {
        return new ViewReport(
                view.mayDecide(),
                view.ready() && view.stale()
                        ? ViewHealthIndicator.staleFor(view.age())
                        : view.status().reason(),
                reader.percent(),
                view.stale(),
                view.age().toMillis(),
                view.tokens(),
                view.accounts(),
                view.partitions().mapToObj(view::position).map(Position::toString).toList(),
                view.partitions().mapToObj(view::age).map(Duration::toMillis).toList(),
                view.eventsApplied(),
                reader.behind(),
                propagation.latest(),
                snapshots.eventsWritten(),
                reader.rebuilds());
    }
}
