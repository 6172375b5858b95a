package com.tokaify.ledger.query.seal;

import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRun;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.seals.Checkpoint;
import com.tokaify.ledger.seals.Hash;
import com.tokaify.ledger.seals.RightEdge;
import com.tokaify.ledger.seals.SignedNote;
import com.tokaify.ledger.seals.Tiles;
import com.tokaify.ledger.seals.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The schema {@code seal} as it is written: a seal in a transaction, and only one that fits to what
 * is there. Instances on one database take turns.
 */
final class SealTables {
    private static final String SCHEMA = "seal";
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('ledger seals'), 0)";

    private static final String PUT_TILE =
            """
            INSERT INTO seal.tile (level, index, hashes) VALUES (?, ?, ?)
            ON CONFLICT (level, index) DO UPDATE SET hashes = EXCLUDED.hashes
            """;

    private static final String ADD_RUNS =
            """
            INSERT INTO seal.run (first_leaf, partition, first_pseq, count)
            SELECT * FROM unnest(:leaves, :partitions, :pseqs, :counts)
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final TransactionTemplate transaction;
    private final SealedLog log;

    private SealTables(DataSource source) {
        this.jdbc = JdbcClient.create(source);
        this.template = new JdbcTemplate(source);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        this.log = new SealedLog(jdbc);
    }

    /**
     * Makes the tables where they are not there.
     *
     * @param views what makes the views, and waits for PostgreSQL as these tables do
     */
    static SealTables in(DataSource source, Flyway views) {
        Flyway.configure()
                .configuration(views.getConfiguration())
                .dataSource(source)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .locations("classpath:db/seals")
                .load()
                .migrate();
        return new SealTables(source);
    }

    /** A seal that does not belong behind what is there. To publish it would be to fork history. */
    static final class Misfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misfit(String message) {
            super(message);
        }
    }

    SealedLog log() {
        return log;
    }

    /** Where reading the topic goes on. */
    long nextOffset() {
        return jdbc.sql("SELECT next_offset FROM seal.checkpoint ORDER BY size DESC LIMIT 1")
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /**
     * Adds a seal unless it is there already.
     *
     * @param key verifies it; null takes it unverified
     * @param nextOffset behind it
     * @throws Misfit where it does not follow what is there, or is not what it says
     */
    void add(Seal seal, @Nullable VerifierKey key, long nextOffset) {
        transaction.executeWithoutResult(_ -> {
            template.execute(LOCK);
            long size = log.latest().map(SealedLog.Latest::size).orElse(0L);
            if (seal.size() > size) {
                append(seal, size, key, nextOffset);
            }
        });
    }

    private void append(Seal seal, long size, @Nullable VerifierKey key, long nextOffset) {
        if (seal.firstLeaf() != size) {
            throw new Misfit(
                    "the seal begins with leaf " + seal.firstLeaf() + ", the log has " + size);
        }
        List<Hash> leaves =
                IntStream.range(0, seal.leaves())
                        .mapToObj(place -> Hash.at(seal.hashes(), place))
                        .toList();
        RightEdge edge = RightEdge.of(size, Tiles.nodes(log.tiles()));
        leaves.forEach(edge::append);
        mustBe(seal, edge, key);
        List<Object[]> tiles = new ArrayList<>();
        for (Tiles.Tile tile : new Tiles(size, log.tiles()).append(leaves)) {
            tiles.add(new Object[] {tile.level(), tile.index(), tile.hashes()});
        }
        template.batchUpdate(PUT_TILE, tiles);
        addRuns(seal);
        jdbc.sql(
                        "INSERT INTO seal.checkpoint (size, note, next_offset) VALUES (:size, :note, :offset)")
                .param("size", seal.size())
                .param("note", seal.checkpoint())
                .param("offset", nextOffset)
                .update();
    }

    private static void mustBe(Seal seal, RightEdge edge, @Nullable VerifierKey key) {
        try {
            SignedNote note = SignedNote.parse(seal.checkpoint());
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (checkpoint.size() != edge.size() || !checkpoint.root().equals(edge.root())) {
                throw new Misfit(
                        "the checkpoint of "
                                + checkpoint.size()
                                + " leaves is not of the "
                                + edge.size()
                                + " leaves there are");
            }
            if (key != null && !(checkpoint.origin().equals(key.name()) && key.verifies(note))) {
                throw new Misfit(
                        "the checkpoint of " + seal.size() + " leaves is not signed by " + key);
            }
        } catch (IllegalArgumentException e) {
            throw new Misfit("the checkpoint cannot be read: " + e.getMessage());
        }
    }

    private void addRuns(Seal seal) {
        List<SealRun> runs = seal.runs();
        Long[] leaves = new Long[runs.size()];
        long leaf = seal.firstLeaf();
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = leaf;
            leaf += runs.get(i).count();
        }
        jdbc.sql(ADD_RUNS)
                .param("leaves", leaves)
                .param("partitions", numbers(runs, SealRun::partition))
                .param("pseqs", Columns.numbers(runs, SealRun::firstPseq))
                .param("counts", numbers(runs, SealRun::count))
                .update();
    }

    private static Integer[] numbers(List<SealRun> runs, Function<SealRun, Integer> value) {
        return runs.stream().map(value).toArray(Integer[]::new);
    }
}
