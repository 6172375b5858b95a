package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.query.books.BookTables;
import com.tokaify.ledger.query.books.BooksProjection;
import com.tokaify.ledger.query.catalog.CatalogProjection;
import com.tokaify.ledger.query.catalog.CatalogTable;
import com.tokaify.ledger.query.usage.UsageSettings;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A fresh database with the views' tables, and the projections on it as the service has them. */
public final class ViewDatabase implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final HikariDataSource source = new HikariDataSource();
    private final JdbcClient jdbc;

    public ViewDatabase() {
        QueryDatabase database = LedgerInfrastructure.get().newQueryDatabase();
        source.setJdbcUrl(database.jdbcUrl());
        source.setUsername("query_service");
        source.setPassword(database.password());
        source.setSchema("read");
        source.setConnectionInitSql("SET random_page_cost = 1.1");
        source.setMaximumPoolSize(2);
        Flyway.configure().dataSource(source).defaultSchema("read").load().migrate();
        jdbc = JdbcClient.create(source);
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public BooksProjection books() {
        return books(UsageSettings.FOR_EVER);
    }

    public BooksProjection books(UsageSettings usage) {
        return new BooksProjection(BookTables.of(jdbc, usage));
    }

    CatalogProjection catalog() {
        return new CatalogProjection(new CatalogTable(jdbc));
    }

    /** A writer as after a start of the service. */
    ViewWriter startWriter(Projection... projections) {
        ViewWriter writer =
                new ViewWriter(
                        List.of(projections),
                        new PositionTable(jdbc),
                        new TransactionTemplate(new JdbcTransactionManager(source)),
                        PARTITIONS);
        writer.start();
        return writer;
    }

    ViewWriter startWriter() {
        return startWriter(books(), catalog());
    }

    /** Everything in the views, and the positions, as PostgreSQL prints it. */
    List<String> dump() {
        return jdbc.sql(
                        """
                        SELECT 'token ' || CAST(token AS text) FROM token
                        UNION ALL SELECT 'token use ' || CAST(token_use AS text) FROM token_use
                        UNION ALL SELECT 'usage ' || CAST(usage AS text) FROM usage
                        UNION ALL SELECT 'account ' || CAST(account AS text) FROM account
                        UNION ALL SELECT 'totals ' || CAST(account_totals AS text) FROM account_totals
                        UNION ALL SELECT 'account usage ' || CAST(account_usage AS text) FROM account_usage
                        UNION ALL SELECT 'entry ' || CAST(account_entry AS text) FROM account_entry
                        UNION ALL SELECT 'day ' || CAST(account_day AS text) FROM account_day
                        UNION ALL SELECT 'group ' || CAST(catalog_group AS text) FROM catalog_group
                        UNION ALL SELECT 'model ' || CAST(catalog_model AS text) FROM catalog_model
                        UNION ALL SELECT 'access ' || CAST(catalog_access AS text) FROM catalog_access
                        UNION ALL SELECT 'position ' || CAST(projection_position AS text) FROM projection_position
                        ORDER BY 1
                        """)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** A batch as if every event lay at the offset of its pseq. */
    static EventBatch batch(List<RecordedEvent> events) {
        Map<Integer, Long> nextOffsets = new HashMap<>();
        for (RecordedEvent event : events) {
            nextOffsets.put(event.position().partition(), event.position().pseq() + 1);
        }
        return new EventBatch(events, nextOffsets, Map.of());
    }

    @Override
    public void close() {
        source.close();
    }
}
