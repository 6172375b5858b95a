package com.tokaify.ledger.enforcement.status;

import com.tokaify.ledger.enforcement.stream.EventStreamReader;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.events.Position;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/view}: what this instance knows and how far it is. */
@RestController
public final class ViewController {
    private final LocalView view;
    private final EventStreamReader reader;

    public ViewController(LocalView view, EventStreamReader reader) {
        this.view = view;
        this.reader = reader;
    }

    /**
     * @param reason why it is ready or not, for people
     * @param partitions the last event of each partition that is in the view
     * @param behind records known to be in Kafka and not yet in the view
     */
    record ViewReport(
            boolean ready,
            String reason,
            int tokens,
            int accounts,
            List<Position> partitions,
            long eventsApplied,
            long behind) {}

    @GetMapping("/v1/view")
    ViewReport view() {
        return new ViewReport(
                view.ready(),
                view.status().reason(),
                view.tokens(),
                view.accounts(),
                view.partitions().mapToObj(view::position).toList(),
                view.eventsApplied(),
                reader.behind());
    }
}
