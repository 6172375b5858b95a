package com.tokaify.ledger.query.access;

import com.tokaify.ledger.service.access.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Gives out connections on which there is nothing but what the asker may know of. Where it is one
 * account's, each transaction is entered as the role {@value #TENANT}, to which PostgreSQL shows
 * that account's rows and lets it write none, whatever a statement says: see decision 0029. A
 * thread on which nobody asks gets no connection.
 */
public final class ScopedConnections extends DelegatingDataSource {
    /** Made beside the database, since a service cannot make roles. */
    static final String TENANT = "query_tenant";

    private final Supplier<Scope> asker;

    /**
     * @param asker of the calling thread; throws where there is none
     */
    public ScopedConnections(DataSource all, Supplier<Scope> asker) {
        super(all);
        this.asker = asker;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Scope scope = asker.get();
        return switch (scope) {
            case Scope.EveryAccount _ -> super.getConnection();
            case Scope.OneAccount account ->
                    TenantConnection.of(super.getConnection(), account.accountId());
        };
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("the asker decides what a connection shows");
    }
}
