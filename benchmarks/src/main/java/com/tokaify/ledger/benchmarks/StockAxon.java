package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.TokenId;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * The same decision by Axon as it comes: its simple command bus, which decides on the caller's
 * thread, its JDBC engine with its own table, and cached aggregates. Generous where there is a
 * choice: JSON instead of XML, the product's cache, and each event is committed by its own insert,
 * since there is one for each command. No repetition is noticed. Thread-safe.
 */
final class StockAxon implements Bookkeeper {
    private static final int TOKENS_AT_A_TIME = 10_000;

    private static final String CREATED =
            """
            insert into domainevententry
                (eventidentifier, aggregateidentifier, sequencenumber, type, timestamp, payloadtype, payload, metadata)
            select event, token, 0, ?, ?, ?, convert_to(payload, 'UTF8'), convert_to('{}', 'UTF8')
            from unnest(?, ?, ?) as t (event, token, payload)
            """;

    private final HikariDataSource pool = new HikariDataSource();
    private final JacksonSerializer serializer = JacksonSerializer.defaultSerializer();
    private final JdbcEventStorageEngine engine;
    private final CommandBus bus = SimpleCommandBus.builder().build();

    /**
     * @param owner of an empty database
     */
    StockAxon(DataSource owner) {
        pool.setDataSource(owner);
        pool.setMaximumPoolSize(TodaysPractice.CONNECTIONS);
        pool.setConnectionTimeout(60_000);
        engine =
                JdbcEventStorageEngine.builder()
                        .connectionProvider(new DataSourceConnectionProvider(pool))
                        .transactionManager(NoTransactionManager.INSTANCE)
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .build();
        EventSourcingRepository<StockAxonToken> repository =
                EventSourcingRepository.builder(StockAxonToken.class)
                        .eventStore(EmbeddedEventStore.builder().storageEngine(engine).build())
                        .cache(new StockAxonCache(InProcessLedger.LIVING_AGGREGATES))
                        .build();
        AggregateAnnotationCommandHandler.<StockAxonToken>builder()
                .aggregateType(StockAxonToken.class)
                .repository(repository)
                .build()
                .subscribe(bus);
    }

    /** Puts the first event of every token there, as the engine would. */
    void create(TokenPopulation tokens) throws SQLException {
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                PreparedStatement created = connection.prepareStatement(CREATED)) {
            List<TokenId> ids = tokens.ids();
            for (int from = 0; from < ids.size(); from += TOKENS_AT_A_TIME) {
                create(created, ids.subList(from, Math.min(ids.size(), from + TOKENS_AT_A_TIME)));
            }
            statement.execute("vacuum analyze domainevententry");
        }
    }

    private void create(PreparedStatement created, List<TokenId> tokens) throws SQLException {
        List<String> events = new ArrayList<>(tokens.size());
        List<String> ids = new ArrayList<>(tokens.size());
        List<String> payloads = new ArrayList<>(tokens.size());
        for (TokenId token : tokens) {
            events.add(UUID.randomUUID().toString());
            ids.add(token.toString());
            payloads.add(
                    new String(
                            serializer
                                    .serialize(
                                            StockAxonToken.Created.of(token, FieldRules.MAX_AMOUNT),
                                            byte[].class)
                                    .getData(),
                            StandardCharsets.UTF_8));
        }
        created.setString(1, StockAxonToken.class.getSimpleName());
        created.setString(2, "2026-01-01T00:00:00.000Z");
        created.setString(3, StockAxonToken.Created.class.getName());
        created.setObject(4, events.toArray(String[]::new));
        created.setObject(5, ids.toArray(String[]::new));
        created.setObject(6, payloads.toArray(String[]::new));
        created.executeUpdate();
    }

    @Override
    public void book(List<Usage> usages) {
        for (Usage usage : usages) {
            FutureCallback<Object, Long> answer = new FutureCallback<>();
            bus.dispatch(
                    GenericCommandMessage.asCommandMessage(StockAxonToken.Consume.of(usage)),
                    answer);
            var result = answer.join();
            if (result.isExceptional()) {
                throw new IllegalStateException(
                        "a command of stock Axon failed", result.exceptionResult());
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
