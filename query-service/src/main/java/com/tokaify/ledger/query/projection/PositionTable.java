package com.tokaify.ledger.query.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code projection_position}. */
final class PositionTable {
    private final JdbcClient jdbc;

    PositionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Gives every projection a row for every partition, at the beginning where it has none. */
    void complete(Collection<String> projections, int partitions) {
        jdbc.sql(
                        """
                        INSERT INTO projection_position (projection, partition, pseq, next_offset)
                        SELECT projection, partition, 0, 0
                        FROM unnest(:projections) AS projection, generate_series(0, :last) AS partition
                        ORDER BY projection, partition
                        ON CONFLICT (projection, partition) DO NOTHING
                        """)
                .param("projections", projections.toArray(String[]::new))
                .param("last", partitions - 1)
                .update();
    }

    List<ProjectionPosition> all(Collection<String> projections) {
        return jdbc.sql(
                        """
                        SELECT projection, partition, pseq, next_offset
                        FROM projection_position
                        WHERE projection = ANY (:projections)
                        ORDER BY projection, partition
                        """)
                .param("projections", projections.toArray(String[]::new))
                .query(PositionTable::position)
                .list();
    }

    /** The positions of these partitions as they are at this moment. */
    List<ProjectionPosition> of(Collection<String> projections, Set<Integer> partitions) {
        return some(projections, partitions, "");
    }

    /**
     * Locks the positions of these partitions until the transaction ends, always in the same order,
     * so that instances that follow the stream side by side wait for each other and never deadlock.
     */
    List<ProjectionPosition> lock(Collection<String> projections, Set<Integer> partitions) {
        return some(projections, partitions, "FOR UPDATE");
    }

    private List<ProjectionPosition> some(
            Collection<String> projections, Set<Integer> partitions, String lock) {
        return jdbc.sql(
                        """
                        SELECT projection, partition, pseq, next_offset
                        FROM projection_position
                        WHERE projection = ANY (:projections) AND partition = ANY (:partitions)
                        ORDER BY projection, partition
                        """
                                + lock)
                .param("projections", projections.toArray(String[]::new))
                .param("partitions", partitions.toArray(Integer[]::new))
                .query(PositionTable::position)
                .list();
    }

    void save(Collection<ProjectionPosition> positions) {
        jdbc.sql(
                        """
                        UPDATE projection_position AS stored
                        SET pseq = moved.pseq, next_offset = moved.next_offset
                        FROM unnest(:projections, :partitions, :pseqs, :offsets)
                             AS moved (projection, partition, pseq, next_offset)
                        WHERE stored.projection = moved.projection AND stored.partition = moved.partition
                        """)
                .param(
                        "projections",
                        positions.stream()
                                .map(ProjectionPosition::projection)
                                .toArray(String[]::new))
                .param(
                        "partitions",
                        positions.stream().mapToInt(ProjectionPosition::partition).toArray())
                .param("pseqs", positions.stream().mapToLong(ProjectionPosition::pseq).toArray())
                .param(
                        "offsets",
                        positions.stream().mapToLong(ProjectionPosition::nextOffset).toArray())
                .update();
    }

    /** The identity of the table: another one where the view was replaced. */
    long view() {
        return jdbc.sql("SELECT CAST(CAST('projection_position' AS regclass) AS bigint)")
                .query(Long.class)
                .single();
    }

    static ProjectionPosition position(ResultSet row, int rowNumber) throws SQLException {
        return new ProjectionPosition(
                row.getString("projection"),
                row.getInt("partition"),
                row.getLong("pseq"),
                row.getLong("next_offset"));
    }
}
