package com.tokaify.ledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.access.ScopedConnections;
import com.tokaify.ledger.query.books.BookTables;
import com.tokaify.ledger.query.books.BooksProjection;
import com.tokaify.ledger.query.catalog.CatalogProjection;
import com.tokaify.ledger.query.catalog.CatalogTable;
import com.tokaify.ledger.query.history.History;
import com.tokaify.ledger.query.history.HistoryProjection;
import com.tokaify.ledger.query.history.HistorySettings;
import com.tokaify.ledger.query.usage.UsageSettings;
import com.tokaify.ledger.service.access.Scope;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A fresh database with the views' tables, and the projections on it as the service has them. */
public final class ViewDatabase implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final HikariDataSource source = new HikariDataSource();
    private final QueryDatabase database = LedgerInfrastructure.get().newQueryDatabase();
    private final JdbcClient jdbc;

    public ViewDatabase() {
        source.setJdbcUrl(database.jdbcUrl());
        source.setUsername("query_service");
        source.setPassword(database.password());
        source.setSchema("read");
        source.setConnectionInitSql("SET random_page_cost = 1.1");
        source.setMaximumPoolSize(4);
        migrate("read");
        jdbc = JdbcClient.create(source);
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** For tests of several connections, at most four. */
    public DataSource source() {
        return source;
    }

    /** What an auditor sees, who comes by a connection of his own each time. */
    public JdbcClient asAuditor() {
        return JdbcClient.create(
                new DriverManagerDataSource(
                        database.jdbcUrl() + "?currentSchema=read",
                        "ledger_auditor",
                        database.auditorPassword()));
    }

    /** Applies events to the books alone, and tells nobody how far they are. */
    public void book(List<RecordedEvent> events) {
        book(events, UsageSettings.FOR_EVER);
    }

    public void book(List<RecordedEvent> events, UsageSettings usage) {
        transaction().executeWithoutResult(_ -> books(usage).apply(events));
    }

    /** What whoever may know of this is shown. */
    public DataSource shownTo(Scope scope) {
        return new ScopedConnections(source, () -> scope);
    }

    /** The same views once more, in another schema, empty. */
    public void migrate(String schema) {
        Flyway.configure().dataSource(source).defaultSchema(schema).load().migrate();
    }

    public BooksProjection books() {
        return books(UsageSettings.FOR_EVER);
    }

    private BooksProjection books(UsageSettings usage) {
        return new BooksProjection(BookTables.of(source, usage));
    }

    CatalogProjection catalog() {
        return new CatalogProjection(new CatalogTable(jdbc));
    }

    HistoryProjection history() {
        return history(HistorySettings.FOR_EVER);
    }

    HistoryProjection history(HistorySettings settings) {
        return new HistoryProjection(source, settings);
    }

    /** A writer as after a start of the service. */
    ViewWriter startWriter(Projection... projections) {
        ViewWriter writer =
                new ViewWriter(
                        List.of(projections),
                        new PositionTable(jdbc),
                        transaction(),
                        new Filling(source),
                        PARTITIONS);
        writer.start();
        return writer;
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(source));
    }

    ViewWriter startWriter() {
        return startWriter(books(), catalog(), history());
    }

    /** Applies events as the service does. */
    public void apply(List<RecordedEvent> events, HistorySettings settings) {
        startWriter(books(), catalog(), history(settings)).apply(batch(events));
    }

    /** For one rebuild beside these views. */
    ViewSchemas newSchemas() {
        return ViewSchemas.open(
                source, Flyway.configure().dataSource(source).defaultSchema("read").load());
    }

    /** Answers from what was applied. */
    public History past() {
        return new History(source);
    }

    /** Everything in the views, and the positions, as PostgreSQL prints it. */
    public List<String> dump() {
        return SchemaDump.of(jdbc, "read");
    }

    /** It is what it would be had all of this history come at once. */
    void assertIsViewOf(List<RecordedEvent> history) {
        assertIsViewOf(jdbc, history);
    }

    /** The same of views in the schema that is read, whoever has made them. */
    static void assertIsViewOf(JdbcClient views, List<RecordedEvent> history) {
        try (ViewDatabase reference = new ViewDatabase()) {
            reference.startWriter().apply(batch(history));
            assertThat(SchemaDump.of(views, "read")).isEqualTo(reference.dump());
        }
    }

    /** A batch as if every event lay at the offset of its pseq. */
    static EventBatch batch(List<RecordedEvent> events) {
        Map<Integer, Long> nextOffsets = new HashMap<>();
        for (RecordedEvent event : events) {
            nextOffsets.put(event.position().partition(), event.position().pseq() + 1);
        }
        return new EventBatch(received(events), nextOffsets, List.of());
    }

    static List<ReceivedEvent> received(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> new ReceivedEvent(ScriptedLedger.stored(event), event))
                .toList();
    }

    @Override
    public void close() {
        source.close();
    }
}
