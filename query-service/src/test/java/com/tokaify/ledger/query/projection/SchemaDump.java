package com.tokaify.ledger.query.projection;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every row of every table of a schema, as PostgreSQL prints it, in one order. Left out is what is
 * not of the events: Flyway's own table, and how far behind an event reading continues on Kafka,
 * which depends on where batches end.
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
        return tables.stream().flatMap(table -> rows(jdbc, schema, table).stream()).toList();
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
