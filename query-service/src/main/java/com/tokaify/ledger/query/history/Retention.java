package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.Columns;
import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import java.util.NavigableSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Drops months of events that are older than they are to be kept. How old a month is, is counted
 * from the month of the newest event and not from a clock, so that a view built again drops the
 * same ones. Before a month goes, a checkpoint is written of every stream that has events in it:
 * what happened then is forgotten, what came of it is not.
 *
 * <p>While a view is built again, partitions come one by one, and events of a dropped month may
 * still follow: they bring the month back, and it is dropped again by the same rule.
 */
final class Retention {
    private static final int STREAMS_AT_ONCE = 1000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final @Nullable Period keep;
    private final EventMonths months;
    private final CheckpointTable checkpoints;
    private final Checkpoints folding;
    private final JdbcClient jdbc;

    Retention(
            HistorySettings settings,
            EventMonths months,
            CheckpointTable checkpoints,
            Checkpoints folding,
            JdbcClient jdbc) {
        this.keep = settings.keep();
        this.months = months;
        this.checkpoints = checkpoints;
        this.folding = folding;
        this.jdbc = jdbc;
    }

    void drop() {
        if (keep == null) {
            return;
        }
        NavigableSet<YearMonth> all = months.all();
        if (all.isEmpty()) {
            return;
        }
        YearMonth oldestKept = YearMonth.from(all.last().atDay(1).minus(keep));
        for (YearMonth month : all.headSet(oldestKept, false)) {
            settle(month);
            months.drop(month);
        }
    }

    /** Ends, for every stream, with the one checkpoint that stands for all that is dropped. */
    private void settle(YearMonth month) {
        List<Last> page = lasts(month, BEFORE_ALL);
        while (!page.isEmpty()) {
            for (Last last : page) {
                @Nullable Fold known =
                        checkpoints.upTo(last.stream(), last.sequence()).orElse(null);
                if (known == null || known.sequence() < last.sequence()) {
                    checkpoints.save(
                            last.stream(), folding.fold(last.stream(), known, last.sequence()));
                }
                checkpoints.deleteBefore(last.stream(), last.sequence());
            }
            page = lasts(month, page.getLast().stream().uuid());
        }
    }

    /** The last event of a stream in a month. */
    private record Last(StreamId stream, long sequence) {}

    private List<Last> lasts(YearMonth month, UUID after) {
        Instant end = EventMonths.beginning(month.plusMonths(1));
        return jdbc.sql(
                        """
                        SELECT stream, max(stream_kind) AS stream_kind, max(sequence) AS sequence FROM event
                        WHERE recorded_at >= :begin AND recorded_at < :end AND stream > :after
                        GROUP BY stream ORDER BY stream LIMIT :limit
                        """)
                .param("begin", Columns.timestamp(EventMonths.beginning(month)))
                .param("end", Columns.timestamp(end))
                .param("after", after)
                .param("limit", STREAMS_AT_ONCE)
                .query((row, _) -> {
                    UUID uuid = row.getObject("stream", UUID.class);
                    return new Last(
                            row.getShort("stream_kind") == 0
                                    ? new TokenId(uuid)
                                    : new AccountId(uuid),
                            row.getLong("sequence"));
                })
                .list();
    }
}
