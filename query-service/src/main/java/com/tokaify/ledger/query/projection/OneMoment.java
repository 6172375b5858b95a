package com.tokaify.ledger.query.projection;

import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Several questions to the database that all see the views at one moment, so that a batch that is
 * written meanwhile is in all of the answers or in none. Any number of threads, each for itself.
 *
 * <p>The isolation alone would not do: what a name means is not part of what it freezes. Were the
 * views replaced by ones built anew between two questions, the second would look into tables whose
 * rows it must not see. So the first thing is to hold on to this view: the swap waits for those who
 * do, half a second at most, and tries again later.
 */
public final class OneMoment {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public OneMoment(DataSource source) {
        this.jdbc = JdbcClient.create(source);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Asks on a connection of the calling thread; whoever keeps it long keeps a swap waiting. */
    public <T> T ask(Supplier<T> questions) {
        return Objects.requireNonNull(
                transaction.execute(_ -> {
                    // A lock freezes nothing yet: what is seen is settled by the first question.
                    jdbc.sql("LOCK TABLE projection_position IN ACCESS SHARE MODE").update();
                    return questions.get();
                }));
    }
}
