package com.tokaify.ledger.query.access;

import com.tokaify.ledger.events.id.AccountId;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which every transaction begins by becoming the tenant. What that sets is local to
 * the transaction, so nothing of it can stay behind on a connection that goes back to its pool. A
 * statement outside a transaction gets one, which lasts until the connection is closed. One thread.
 */
final class TenantConnection implements InvocationHandler {
    private final Connection connection;
    private final String becomeTenant;

    /** This transaction is the tenant's. */
    private boolean entered;

    /** Nobody has begun this transaction but this. */
    private boolean ownTransaction;

    private TenantConnection(Connection connection, AccountId account) {
        this.connection = connection;
        // SET, and not the function set_config: a function is a query, and the first query settles
        // what the transaction sees, which OneMoment must not have happen before its lock.
        this.becomeTenant =
                "SET LOCAL ROLE %s; SET LOCAL ledger.account = '%s'"
                        .formatted(ScopedConnections.TENANT, account.uuid());
    }

    static Connection of(Connection connection, AccountId account) {
        return (Connection)
                Proxy.newProxyInstance(
                        TenantConnection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        new TenantConnection(connection, account));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "createStatement", "prepareStatement", "prepareCall" -> {
                enter();
                yield call(method, arguments);
            }
            case "commit", "rollback" -> {
                Object done = call(method, arguments);
                // Back to a savepoint is still within.
                entered = entered && arguments != null;
                yield done;
            }
            case "getAutoCommit" -> ownTransaction || connection.getAutoCommit();
            case "setAutoCommit" -> {
                leave();
                yield call(method, arguments);
            }
            case "close" -> {
                try {
                    leave();
                } finally {
                    connection.close();
                }
                yield null;
            }
            default -> call(method, arguments);
        };
    }

    private void enter() throws SQLException {
        if (entered) {
            return;
        }
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
            ownTransaction = true;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(becomeTenant);
        }
        entered = true;
    }

    private void leave() throws SQLException {
        if (ownTransaction) {
            // Whatever became of it: a tenant writes nothing.
            connection.rollback();
            connection.setAutoCommit(true);
            ownTransaction = false;
        }
        entered = false;
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
