package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.sql.MonthlyPartitions;
import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Drops months of events that are older than they are to be kept. How old a month is, is counted
 * from the month of the newest event and not from a clock, so that a view built again drops the
 * same ones. Before a month goes, a checkpoint is written of every stream that has events in it:
 * what happened then is forgotten, what came of it is not.
 *
 * <p>A month that somebody reads just then, for an export of half an hour perhaps, goes with a
 * later batch. While a view is built again, partitions come one by one, and events of a dropped
 * month may still follow: they bring the month back, and it is dropped again by the same rule.
 */
final class Retention {
    private static final int STREAMS_AT_ONCE = 1000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final @Nullable Period keep;
    private final MonthlyPartitions months;
    private final KeptTable kept;
    private final CheckpointTable checkpoints;
    private final Checkpoints folding;
    private final JdbcClient jdbc;

    Retention(
            HistorySettings settings,
            MonthlyPartitions months,
            KeptTable kept,
            CheckpointTable checkpoints,
            Checkpoints folding,
            JdbcClient jdbc) {
        this.keep = settings.keep();
        this.months = months;
        this.kept = kept;
        this.checkpoints = checkpoints;
        this.folding = folding;
        this.jdbc = jdbc;
    }

    void drop() {
        if (keep == null) {
            return;
        }
        for (YearMonth month : MonthlyPartitions.tooOld(months.present(), keep)) {
            // Settling a month takes long, and is of no use where it cannot go.
            if (!months.isFree()) {
                return;
            }
            settle(month);
            if (!months.drop(month)) {
                return;
            }
            kept.forgetBefore(MonthlyPartitions.beginning(month.plusMonths(1)));
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
        Instant end = MonthlyPartitions.beginning(month.plusMonths(1));
        return jdbc.sql(
                        """
                        SELECT stream, max(stream_kind) AS stream_kind, max(sequence) AS sequence FROM event
                        WHERE recorded_at >= :begin AND recorded_at < :end AND stream > :after
                        GROUP BY stream ORDER BY stream LIMIT :limit
                        """)
                .param("begin", Columns.timestamp(MonthlyPartitions.beginning(month)))
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
