package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.LedgerDatabases;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.LocalPostgres;
import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.StartFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** PostgreSQL with the ledger's roles and databases. */
record PostgresChild(LocalFolder folder, Addresses addresses, Credentials credentials)
        implements Child {
    static final String LEDGER_DATABASE = "ledger";
    static final String QUERY_DATABASE = "query";
    static final String CONSOLE_DATABASE = "console";
    private static final Duration GIVE_UP_GRACE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String address() {
        return addresses.hostAndPort(LedgerPort.POSTGRES);
    }

    @Override
    public ManagedProcess start() throws IOException, InterruptedException {
        LocalPostgres postgres = LocalPostgres.start(folder, addresses.port(LedgerPort.POSTGRES));
        try {
            LedgerDatabases databases =
                    LedgerDatabases.on(postgres.server(), credentials.passwords());
            databases.ensureLedger(LEDGER_DATABASE);
            databases.ensureQuery(QUERY_DATABASE);
            databases.ensureConsole(CONSOLE_DATABASE, credentials.console().databasePassword());
        } catch (SQLException e) {
            postgres.process().stop(GIVE_UP_GRACE);
            throw new StartFailure("the ledger's databases cannot be made: " + e.getMessage());
        }
        return postgres.process();
    }
}
