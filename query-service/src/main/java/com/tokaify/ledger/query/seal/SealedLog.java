package com.tokaify.ledger.query.seal;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.seals.TilePath;
import com.tokaify.ledger.seals.Tiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The schema {@code seal} as it is read. Whole and wholly true at every moment: a seal comes into
 * it in one transaction. Any number of threads.
 */
final class SealedLog {
    private static final int LEVELS = 8;

    private final JdbcClient jdbc;

    /**
     * @param jdbc of the service itself: who may see what of the log is decided before
     */
    SealedLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The last checkpoint and the size it is of. */
    record Latest(long size, String note) {}

    Optional<Latest> latest() {
        return jdbc.sql("SELECT size, note FROM seal.checkpoint ORDER BY size DESC LIMIT 1")
                .query((row, _) -> new Latest(row.getLong("size"), row.getString("note")))
                .optional();
    }

    /** The hashes of a tile, of a partial one those it names; empty where there are not so many. */
    Optional<byte[]> tile(int level, TilePath path) {
        if (level >= LEVELS) {
            return Optional.empty();
        }
        return jdbc.sql(
                        """
                        SELECT substring(hashes FROM 1 FOR :bytes) FROM seal.tile
                        WHERE level = :level AND index = :index AND octet_length(hashes) >= :bytes
                        """)
                .param("bytes", path.width() * 32)
                .param("level", level)
                .param("index", path.index())
                .query((row, _) -> row.getBytes(1))
                .optional();
    }

    /** Of the tree as far as it is kept. */
    Tiles.Kept tiles() {
        return (level, index) ->
                jdbc.sql("SELECT hashes FROM seal.tile WHERE level = :level AND index = :index")
                        .param("level", level)
                        .param("index", index)
                        .query((row, _) -> row.getBytes(1))
                        .single();
    }

    /**
     * The leaf of the event at a position; empty where it is not sealed, as far as is known here.
     */
    OptionalLong leafAt(Position position) {
        return jdbc.sql(
                        """
                        SELECT first_leaf, first_pseq, count FROM seal.run
                        WHERE partition = :partition AND first_pseq <= :pseq
                        ORDER BY first_pseq DESC LIMIT 1
                        """)
                .param("partition", position.partition())
                .param("pseq", position.pseq())
                .query((row, _) ->
                        new Run(
                                row.getLong("first_leaf"),
                                position.partition(),
                                row.getLong("first_pseq"),
                                row.getInt("count")))
                .optional()
                .filter(run -> position.pseq() < run.firstPseq() + run.count())
                .map(run -> OptionalLong.of(run.firstLeaf() + position.pseq() - run.firstPseq()))
                .orElseGet(OptionalLong::empty);
    }

    /** Consecutive leaves of consecutive events. */
    record Run(long firstLeaf, int partition, long firstPseq, int count) {}

    /** The runs that leaves are in, cut to them, in their order. */
    List<Run> runs(long fromLeaf, int leaves) {
        long end = fromLeaf + leaves;
        return jdbc
                .sql(
                        """
                        SELECT first_leaf, partition, first_pseq, count FROM seal.run
                        WHERE first_leaf < :end
                              AND first_leaf >= coalesce(
                                  (SELECT max(first_leaf) FROM seal.run WHERE first_leaf <= :from), 0)
                        ORDER BY first_leaf
                        """)
                .param("from", fromLeaf)
                .param("end", end)
                .query((row, _) ->
                        new Run(
                                row.getLong("first_leaf"),
                                row.getInt("partition"),
                                row.getLong("first_pseq"),
                                row.getInt("count")))
                .list()
                .stream()
                .map(run -> cut(run, fromLeaf, end))
                .toList();
    }

    private static Run cut(Run run, long from, long end) {
        long first = Math.max(run.firstLeaf(), from);
        long last = Math.min(run.firstLeaf() + run.count(), end);
        return new Run(
                first,
                run.partition(),
                run.firstPseq() + (first - run.firstLeaf()),
                Math.toIntExact(last - first));
    }
}
