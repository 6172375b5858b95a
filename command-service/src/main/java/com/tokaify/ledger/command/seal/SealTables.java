package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRun;
import com.tokaify.ledger.seals.Hash;
import com.tokaify.ledger.seals.RightEdge;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** The schema {@code seal}, over one connection of the role {@code ledger_sealer}. One thread. */
final class SealTables implements SealStore {
    /** Held as long as the connection lives, and with it everything that is written over it. */
    private static final String LEAD = "select pg_try_advisory_lock(hashtext(?), 0)";

    private static final String LAST_CHECKPOINT =
            "select note from seal.checkpoint order by size desc limit 1";

    private static final String CHECKPOINT = "select note from seal.checkpoint where size = ?";

    private static final String LAST_EDGE =
            "select size, subtrees from seal.edge order by size desc limit 1";

    private static final String HASHES_FROM =
            "select first_leaf, hashes from seal.run where first_leaf >= ? order by first_leaf";

    private static final String ENDS = "select partition, pseq from ledger.partition_head";

    private static final String SEALED =
            """
            select h.partition, r.first_pseq + r.count - 1
            from ledger.partition_head h
            cross join lateral (
                select first_pseq, count from seal.run
                where partition = h.partition
                order by first_pseq desc limit 1
            ) r
            """;

    private static final String LEAVES =
            """
            select w.n, substring(r.hashes from (e.pseq - r.first_pseq)::integer * 32 + 1 for 32)
            from unnest(?, ?, ?) as w (n, stream, sequence)
            join ledger.event e on e.stream = w.stream and e.sequence = w.sequence
            cross join lateral (
                select first_pseq, count, hashes from seal.run
                where partition = e.partition and first_pseq <= e.pseq
                order by first_pseq desc limit 1
            ) r
            where e.pseq < r.first_pseq + r.count
            """;

    private static final String ADD_RUN =
            "insert into seal.run (first_leaf, partition, first_pseq, count, hashes) values (?, ?, ?, ?, ?)";

    private static final String ADD_CHECKPOINT =
            "insert into seal.checkpoint (size, root, note, signed_at) values (?, ?, ?, ?)";

    private static final String ADD_EDGE = "insert into seal.edge (size, subtrees) values (?, ?)";

    private static final String CHECKPOINTS_AFTER =
            "select size, note, signed_at from seal.checkpoint where size > ? order by size limit ?";

    private static final String RUNS =
            """
            select first_leaf, partition, first_pseq, count, hashes from seal.run
            where first_leaf >= ? and first_leaf < ? order by first_leaf
            """;

    private final Connection connection;
    private final JdbcClient jdbc;
    private final EventRows rows = new EventRows();

    SealTables(Connection connection) {
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /** Whether nobody else does this now, or will until this connection ends. */
    boolean lead(String what) {
        return jdbc.sql(LEAD).param(what).query(Boolean.class).single();
    }

    @Override
    public Optional<String> lastCheckpoint() {
        return jdbc.sql(LAST_CHECKPOINT).query(String.class).optional();
    }

    /** The signed note of a size; empty where the log was never signed at it. */
    Optional<String> checkpoint(long size) {
        return jdbc.sql(CHECKPOINT).param(size).query(String.class).optional();
    }

    @Override
    public RightEdge edge() {
        RightEdge edge =
                jdbc.sql(LAST_EDGE)
                        .query((row, _) -> new RightEdge(row.getLong(1), hashes(row.getBytes(2))))
                        .optional()
                        .orElseGet(RightEdge::new);
        RowCallbackHandler each =
                row -> {
                    if (row.getLong(1) != edge.size()) {
                        throw new SealedContradiction(
                                "leaf " + edge.size() + " is missing in seal.run");
                    }
                    hashes(row.getBytes(2)).forEach(edge::append);
                };
        jdbc.sql(HASHES_FROM).param(edge.size()).query(each);
        return edge;
    }

    private static List<Hash> hashes(byte[] bytes) {
        return IntStream.range(0, bytes.length / Hash.BYTES)
                .mapToObj(place -> Hash.at(bytes, place))
                .toList();
    }

    @Override
    public long[] sealed(int partitions) {
        return byPartition(SEALED, partitions);
    }

    @Override
    public long[] ends(int partitions) {
        return byPartition(ENDS, partitions);
    }

    private long[] byPartition(String query, int partitions) {
        long[] positions = new long[partitions];
        RowCallbackHandler each = row -> positions[row.getInt(1)] = row.getLong(2);
        jdbc.sql(query).query(each);
        return positions;
    }

    /** By binary COPY: a query that is answered row by row takes three times as long. */
    @Override
    public List<EventRows.Row> read(List<Slice> slices) {
        Map<Integer, Integer> order = new HashMap<>();
        slices.forEach(slice -> order.put(slice.partition(), order.size()));
        List<EventRows.Row> found = new ArrayList<>();
        try {
            CopyOut copy =
                    connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copyOf(slices));
            for (byte[] message = copy.readFromCopy();
                    message != null;
                    message = copy.readFromCopy()) {
                rows.read(message, found::add);
            }
        } catch (SQLException e) {
            throw translated("reading events", e);
        }
        // As they come already; PostgreSQL just does not promise it.
        found.sort(
                Comparator.comparingInt((EventRows.Row row) ->
                                order.getOrDefault(row.event().partition(), -1))
                        .thenComparingLong(row -> row.event().pseq()));
        return found;
    }

    private static String copyOf(List<Slice> slices) {
        return slices.stream()
                .map(slice ->
                        "(select %s from ledger.event where partition = %d and pseq > %d and pseq <= %d order by pseq)"
                                .formatted(
                                        EventRows.COLUMNS,
                                        slice.partition(),
                                        slice.after(),
                                        slice.after() + slice.count()))
                .collect(
                        Collectors.joining(" union all ", "copy (", ") to stdout (format binary)"));
    }

    @Override
    public Map<EventKey, Hash> leaves(Collection<EventKey> events) {
        List<EventKey> asked = List.copyOf(events);
        Map<EventKey, Hash> found = new HashMap<>();
        RowCallbackHandler each =
                row -> found.put(asked.get(row.getInt(1)), Hash.at(row.getBytes(2), 0));
        jdbc.sql(LEAVES)
                .param(IntStream.range(0, asked.size()).boxed().toArray(Integer[]::new))
                .param(asked.stream().map(EventKey::stream).toArray(UUID[]::new))
                .param(asked.stream().map(EventKey::sequence).toArray(Long[]::new))
                .query(each);
        return found;
    }

    @Override
    public void append(Seal seal, Hash root, Instant signedAt, @Nullable RightEdge edge) {
        try {
            connection.setAutoCommit(false);
            addRuns(seal);
            if (edge != null) {
                addEdge(edge);
            }
            try (PreparedStatement statement = connection.prepareStatement(ADD_CHECKPOINT)) {
                statement.setLong(1, seal.size());
                statement.setBytes(2, root.bytes());
                statement.setString(3, seal.checkpoint());
                statement.setObject(4, signedAt.atOffset(ZoneOffset.UTC));
                statement.executeUpdate();
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw translated("committing a seal", e);
        }
    }

    private void addRuns(Seal seal) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD_RUN)) {
            int leaf = 0;
            for (SealRun run : seal.runs()) {
                statement.setLong(1, seal.firstLeaf() + leaf);
                statement.setInt(2, run.partition());
                statement.setLong(3, run.firstPseq());
                statement.setInt(4, run.count());
                statement.setBytes(5, slice(seal.hashes(), leaf, run.count()));
                statement.addBatch();
                leaf += run.count();
            }
            statement.executeBatch();
        }
    }

    private void addEdge(RightEdge edge) throws SQLException {
        List<Hash> subtrees = edge.subtrees();
        byte[] bytes = new byte[subtrees.size() * Hash.BYTES];
        for (int i = 0; i < subtrees.size(); i++) {
            subtrees.get(i).putTo(bytes, i);
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD_EDGE)) {
            statement.setLong(1, edge.size());
            statement.setBytes(2, bytes);
            statement.executeUpdate();
        }
    }

    private static byte[] slice(byte[] hashes, int from, int count) {
        byte[] slice = new byte[count * Hash.BYTES];
        System.arraycopy(hashes, from * Hash.BYTES, slice, 0, slice.length);
        return slice;
    }

    /** A seal and when it was signed. */
    record Signed(Seal seal, Instant at) {}

    /** The seals that follow a size of the log, in their order. */
    List<Signed> after(long size, int limit) {
        List<Signed> found = new ArrayList<>();
        record Line(long size, String note, Instant at) {}
        List<Line> lines =
                jdbc.sql(CHECKPOINTS_AFTER)
                        .param(size)
                        .param(limit)
                        .query((row, _) ->
                                new Line(
                                        row.getLong(1),
                                        row.getString(2),
                                        row.getObject(3, OffsetDateTime.class).toInstant()))
                        .list();
        long from = size;
        for (Line line : lines) {
            found.add(new Signed(seal(from, line.size, line.note), line.at));
            from = line.size;
        }
        return found;
    }

    private Seal seal(long from, long to, String note) {
        List<SealRun> runs = new ArrayList<>();
        byte[] hashes = new byte[Math.toIntExact(to - from) * Hash.BYTES];
        RowCallbackHandler each =
                row -> {
                    byte[] bytes = row.getBytes(5);
                    int place = Math.toIntExact(row.getLong(1) - from) * Hash.BYTES;
                    System.arraycopy(bytes, 0, hashes, place, bytes.length);
                    runs.add(new SealRun(row.getInt(2), row.getLong(3), row.getInt(4)));
                };
        jdbc.sql(RUNS).param(from).param(to).query(each);
        return new Seal(to, note, from, runs, hashes);
    }

    private static RuntimeException translated(String task, SQLException e) {
        RuntimeException known = new SQLStateSQLExceptionTranslator().translate(task, null, e);
        return known == null ? new IllegalStateException(task, e) : known;
    }
}
