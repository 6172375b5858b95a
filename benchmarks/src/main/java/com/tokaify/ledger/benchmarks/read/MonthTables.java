package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.service.sql.BinaryRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table that is cut by month, filled in the order of time: each month apart, and attached with
 * its indexes in the end.
 */
final class MonthTables {
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuu_MM");

    private final Connection connection;
    private final String table;
    private final String columns;
    private final List<YearMonth> months = new ArrayList<>();
    private @Nullable TableRows rows;
    private Instant end = Instant.MIN;
    private long written;

    MonthTables(Connection connection, String table, String columns) {
        this.connection = connection;
        this.table = table;
        this.columns = columns;
    }

    /** Where the fields of the next row are put, which belongs to this instant. */
    BinaryRows next(Instant at) throws SQLException {
        if (!at.isBefore(end)) {
            begin(YearMonth.from(at.atOffset(ZoneOffset.UTC)));
        }
        return Objects.requireNonNull(rows).next();
    }

    private void begin(YearMonth month) throws SQLException {
        flush();
        execute("create table %s (like %s including defaults)".formatted(name(month), table));
        months.add(month);
        end = beginning(month.plusMonths(1));
        rows = new TableRows(connection, name(month), columns);
    }

    private void flush() throws SQLException {
        if (rows != null) {
            rows.flush();
            written += rows.written();
            rows = null;
        }
    }

    /** Lets the table have its months. */
    void attach() throws SQLException {
        flush();
        for (YearMonth month : months) {
            execute(
                    "alter table %s attach partition %s for values from ('%s') to ('%s')"
                            .formatted(
                                    table,
                                    name(month),
                                    beginning(month),
                                    beginning(month.plusMonths(1))));
        }
    }

    /** Rows in all months, once they are attached. */
    long written() {
        return written;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String name(YearMonth month) {
        return table + "_" + SUFFIX.format(month);
    }

    private static Instant beginning(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
