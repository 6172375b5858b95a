package com.tokaify.ledger.query.sql;

import com.tokaify.ledger.service.sql.BinaryRows;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Rows on their way into a table that has some of them already: they come by COPY into a table of
 * the session's own, and one statement merges them from there. An array per column would do as
 * well, but PostgreSQL would parse every id and instant in it, and take the rows apart once more.
 *
 * <p>Such a table is in no log and on no disk, and empty again when the transaction ends; so
 * everything must happen in one transaction, and once in it. One thread, a transaction's.
 */
public final class StagingTable {
    private final JdbcTemplate template;
    private final BinaryCopy copy;
    private final String definition;
    private final String target;
    private final int columns;
    private final BinaryRows rows = new BinaryRows();

    /**
     * @param name unlike that of any table of the views
     * @param columns names and types, in the order in which fields are put
     */
    public StagingTable(DataSource source, String name, String... columns) {
        this.template = new JdbcTemplate(source);
        this.copy = new BinaryCopy(source);
        // For as long as the session lasts: the catalog need not change with every batch.
        this.definition =
                "CREATE TEMPORARY TABLE IF NOT EXISTS %s (%s) ON COMMIT DELETE ROWS"
                        .formatted(name, String.join(", ", columns));
        this.target =
                Arrays.stream(columns)
                        .map(column -> column.substring(0, column.indexOf(' ')))
                        .collect(Collectors.joining(", ", name + " (", ")"));
        this.columns = columns.length;
    }

    /**
     * Brings the rows in and merges them. Fails without a transaction, in which they would be gone
     * before they are merged.
     *
     * @param put puts as many fields as there are columns
     * @param merge reads the table
     */
    public <R> void merge(Collection<R> each, BiConsumer<BinaryRows, R> put, String merge) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("what is staged is gone with its transaction");
        }
        rows.begin();
        for (R row : each) {
            rows.beginRow(columns);
            put.accept(rows, row);
        }
        rows.end();
        template.execute(definition);
        copy.into(target, rows);
        var _ = template.update(merge);
    }
}
