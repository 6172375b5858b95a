-- Roles and databases of a ledger, on a server that is new; as LedgerDatabases makes them, and ComposeIT holds the two
-- together. Run by the superuser, who reads the passwords from the folder ledger.secrets names. Who may do what inside a
-- database is decided by the services' own migrations.

DO $$
DECLARE
    role record;
BEGIN
    FOR role IN
        SELECT * FROM (VALUES
            ('ledger_owner', 'LEDGER_OWNER_PASSWORD'),
            ('ledger_writer', 'LEDGER_WRITER_PASSWORD'),
            ('ledger_relay', 'LEDGER_RELAY_PASSWORD'),
            ('ledger_vault', 'LEDGER_VAULT_PASSWORD'),
            ('ledger_sealer', 'LEDGER_SEALER_PASSWORD'),
            ('ledger_auditor', 'LEDGER_AUDITOR_PASSWORD'),
            ('query_service', 'LEDGER_QUERY_PASSWORD'),
            ('console', 'LEDGER_CONSOLE_PASSWORD')) AS r (name, file)
    LOOP
        EXECUTE format(
            'CREATE ROLE %I LOGIN PASSWORD %L',
            role.name,
            pg_read_file(current_setting('ledger.secrets') || '/' || role.file));
    END LOOP;
END
$$;

-- What query-service becomes while it answers for one account; nobody logs in as it.
CREATE ROLE query_tenant NOLOGIN;

GRANT query_tenant TO query_service WITH INHERIT FALSE, SET TRUE;

CREATE DATABASE ledger OWNER ledger_owner;

CREATE DATABASE query OWNER query_service;

CREATE DATABASE console OWNER console;

-- Every role may enter a database unless told otherwise.
REVOKE CONNECT, TEMPORARY ON DATABASE postgres, ledger, query, console FROM PUBLIC;

GRANT CONNECT ON DATABASE ledger TO ledger_writer, ledger_relay, ledger_vault, ledger_sealer, ledger_auditor;

GRANT CONNECT ON DATABASE query TO ledger_auditor;
