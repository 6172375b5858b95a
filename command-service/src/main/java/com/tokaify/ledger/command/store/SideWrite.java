package com.tokaify.ledger.command.store;

import java.sql.Connection;
import java.sql.SQLException;

/** A write that stands or falls with the events beside it, such as the offset they were read at. */
@FunctionalInterface
public interface SideWrite {
    void write(Connection connection) throws SQLException;
}
