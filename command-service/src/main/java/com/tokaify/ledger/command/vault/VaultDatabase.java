package com.tokaify.ledger.command.vault;

import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The vault's schema as its own role sees it: a few connections, since secrets are shown rarely.
 * Thread-safe.
 */
final class VaultDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final int WAIT_MILLIS = 5_000;

    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    /**
     * @param vault gives connections of the role {@code ledger_vault}
     */
    VaultDatabase(DataSource vault) {
        pool.setDataSource(vault);
        pool.setPoolName("vault");
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(WAIT_MILLIS);
        pool.setInitializationFailTimeout(-1);
        jdbc = JdbcClient.create(pool);
        transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
    }

    /** Takes part in the transaction of the calling thread, where there is one. */
    JdbcClient jdbc() {
        return jdbc;
    }

    /**
     * Does all of it in one transaction, or nothing.
     *
     * @throws VaultUnavailable where the database does not answer
     */
    <T> T inTransaction(Supplier<T> work) {
        try {
            return transactions.execute(_ -> work.get());
        } catch (DataAccessException | TransactionException e) {
            throw new VaultUnavailable("The vault's database does not answer.", e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
