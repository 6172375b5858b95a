package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.projection.Projection;
import com.tokaify.ledger.query.projection.ReceivedEvent;
import com.tokaify.ledger.query.sql.MonthlyPartitions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The view of everything that has happened: all events as they came, and beside them what keeps
 * questions about the past quick.
 */
public final class HistoryProjection implements Projection {
    private final EventTable table;
    private final MonthlyPartitions months;
    private final TokenOwners owners;
    private final Checkpoints checkpoints;
    private final Retention retention;

    public HistoryProjection(DataSource dataSource, HistorySettings settings) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        CheckpointTable checkpointTable = new CheckpointTable(jdbc);
        this.table = new EventTable(dataSource);
        // Rows never change: pages are filled.
        this.months = new MonthlyPartitions(jdbc, "event", "fillfactor = 100");
        this.owners = new TokenOwners(jdbc);
        this.checkpoints = new Checkpoints(checkpointTable, new StreamTable(jdbc));
        this.retention =
                new Retention(
                        settings, months, new KeptTable(jdbc), checkpointTable, checkpoints, jdbc);
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public void applyReceived(List<ReceivedEvent> events) {
        List<RecordedEvent> recorded = events.stream().map(ReceivedEvent::recorded).toList();
        Map<TokenId, AccountId> ofTokens = owners.of(recorded);
        months.require(
                recorded.stream()
                        .map(event -> MonthlyPartitions.of(event.recordedAt()))
                        .collect(Collectors.toSet()));
        table.append(events, ofTokens);
        apply(recorded);
    }

    /** What follows from events that are in the table. */
    @Override
    public void apply(List<RecordedEvent> events) {
        checkpoints.after(events);
        retention.drop();
    }
}
