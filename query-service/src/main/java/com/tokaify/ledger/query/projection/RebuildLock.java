package com.tokaify.ledger.query.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Keeps instances on one database from rebuilding at once: a lock of PostgreSQL that goes with the
 * session it was taken in, so that nobody who has died holds it. It saves work and spares surprise;
 * that a swap is right does not depend on it.
 */
final class RebuildLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RebuildLock.class);

    private final Connection session;

    private RebuildLock(Connection session) {
        this.session = session;
    }

    /**
     * @return the lock, unless somebody has it
     */
    static Optional<RebuildLock> tryTake(ViewSchemas schemas) {
        Connection session = DataSourceUtils.getConnection(schemas.source());
        boolean taken = false;
        try (PreparedStatement statement =
                session.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
            statement.setString(1, schemas.lockName());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                taken = row.getBoolean(1);
            }
            return taken ? Optional.of(new RebuildLock(session)) : Optional.empty();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the rebuild's lock cannot be taken", e);
        } finally {
            if (!taken) {
                DataSourceUtils.releaseConnection(session, schemas.source());
            }
        }
    }

    @Override
    public void close() {
        try (Connection released = session;
                PreparedStatement statement =
                        released.prepareStatement("SELECT pg_advisory_unlock_all()")) {
            statement.execute();
        } catch (SQLException e) {
            LOG.debug("a session that is gone holds no lock", e);
        }
    }
}
