package com.tokaify.ledger.query.projection;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every row of every table of a schema, as PostgreSQL prints it, in one order, and every index.
 * Left out is what is not of the events: Flyway's own table, and how far behind an event reading
 * continues on Kafka, which depends on where batches end.
 */
final class SchemaDump {
    private SchemaDump() {}

    static List<String> of(JdbcClient jdbc, String schema) {
        List<String> tables =
                jdbc.sql(
                                """
                                SELECT quote_ident(relname) FROM pg_class
                                WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind IN ('r', 'p')
                                      AND NOT relispartition AND relname <> 'flyway_schema_history'
                                ORDER BY 1
                                """)
                        .param("schema", schema)
                        .query((row, _) -> row.getString(1))
                        .list();
        return Stream.concat(
                        tables.stream().flatMap(table -> rows(jdbc, schema, table).stream()),
                        indexes(jdbc, schema).stream())
                .toList();
    }

    /** Those of partitions are PostgreSQL's to make, and to name. */
    static List<String> indexes(JdbcClient jdbc, String schema) {
        return jdbc.sql(
                        """
                        SELECT replace(pg_get_indexdef(indexrelid), quote_ident(:schema) || '.', '')
                               || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END AS definition
                        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                        WHERE relnamespace = CAST(quote_ident(:schema) AS regnamespace) AND NOT relispartition
                        ORDER BY 1
                        """)
                .param("schema", schema)
                .query((row, _) -> row.getString("definition"))
                .list();
    }

    private static List<String> rows(JdbcClient jdbc, String schema, String table) {
        String row =
                table.equals("projection_position")
                        ? "concat_ws(' ', projection, partition, pseq)"
                        : "CAST(each AS text)";
        return jdbc.sql(
                        "SELECT '%s ' || %s FROM %s.%s AS each ORDER BY 1"
                                .formatted(table, row, schema, table))
                .query((each, _) -> each.getString(1))
                .list();
    }
}
