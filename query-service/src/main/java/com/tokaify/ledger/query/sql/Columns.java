package com.tokaify.ledger.query.sql;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Java's values as PostgreSQL's, and back. Rows are written in bulk as one array per column, which
 * {@code unnest} turns into rows again; what JDBC has no array for (ids, instants) goes as text and
 * is cast.
 */
public final class Columns {
    private Columns() {}

    public static <R> @Nullable String[] texts(
            Collection<R> rows, Function<R, ? extends @Nullable Object> value) {
        return rows.stream()
                .map(row -> Objects.toString(value.apply(row), null))
                .toArray(String[]::new);
    }

    public static <R> @Nullable Long[] numbers(
            Collection<R> rows, Function<R, @Nullable Long> value) {
        return rows.stream().map(value).toArray(Long[]::new);
    }

    public static <R> Boolean[] flags(Collection<R> rows, Predicate<R> value) {
        return rows.stream().map(value::test).toArray(Boolean[]::new);
    }

    public static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant optionalInstant(ResultSet row, String column)
            throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public static @Nullable List<String> optionalTexts(ResultSet row, String column)
            throws SQLException {
        Array array = row.getArray(column);
        return array == null ? null : List.of((String[]) array.getArray());
    }

    public static List<Long> numbers(ResultSet row, String column) throws SQLException {
        return List.of((Long[]) row.getArray(column).getArray());
    }
}
