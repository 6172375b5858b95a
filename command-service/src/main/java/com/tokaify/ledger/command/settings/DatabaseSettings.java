package com.tokaify.ledger.command.settings;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The event store's database and the passwords of its roles. */
@ConfigurationProperties("ledger.database")
public record DatabaseSettings(
        String url,
        String ownerPassword,
        String writerPassword,
        String relayPassword,
        String vaultPassword,
        String sealerPassword) {

    /**
     * The server notices within about ten seconds that an instance's machine is gone, and gives its
     * locks to others. Left alone, Linux asks after two hours.
     */
    private static final String NOTICE_SILENCE =
            "-c tcp_keepalives_idle=4 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
                    + " -c tcp_user_timeout=10000";

    /** Single connections as {@code ledger_owner}, for migrations and checks at start. */
    public DataSource owner() {
        return as("ledger_owner", ownerPassword);
    }

    /** Single connections as {@code ledger_writer}, which may read and add. */
    public DataSource writer() {
        return as("ledger_writer", writerPassword);
    }

    /** Single connections as {@code ledger_relay}, which may only read. */
    public DataSource relay() {
        return as("ledger_relay", relayPassword);
    }

    /** Single connections as {@code ledger_vault}, which alone may read what is in the vault. */
    public DataSource vault() {
        return as("ledger_vault", vaultPassword);
    }

    /** Single connections as {@code ledger_sealer}, which reads events and adds seals. */
    public DataSource sealer() {
        return as("ledger_sealer", sealerPassword);
    }

    private DataSource as(String role, String password) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setUser(role);
        dataSource.setPassword(password);
        dataSource.setApplicationName("command-service");
        dataSource.setTcpKeepAlive(true);
        dataSource.setOptions(NOTICE_SILENCE);
        dataSource.setConnectTimeout(5);
        dataSource.setSocketTimeout(60);
        return dataSource;
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + "]";
    }
}
