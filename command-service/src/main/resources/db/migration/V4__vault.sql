-- Secrets that can be shown again, encrypted, in a schema of their own: it can be backed up, kept and lost apart from the events.
-- ledger_writer puts a secret in and takes it out in the transaction of the events, and can never read one; ledger_vault reads
-- and does nothing to events. What the ciphertexts are worth lies with neither, but in the key file.
create schema vault;

create table vault.token_secret (
    token      uuid        not null,
    -- 1 for the secret a token began with, one more for each rotation.
    version    int         not null,
    account    uuid        not null,
    -- AES-256-GCM under the account's key; account, token and version are bound to it.
    ciphertext bytea       not null,
    created_at timestamptz not null default now(),
    -- Looked up by token; the newest version counts.
    primary key (token, version)
);

-- One data key for each account, itself encrypted.
create table vault.account_key (
    account    uuid        primary key,
    wrapped    bytea       not null,
    -- The key-encryption key it is wrapped under.
    key_id     text        not null,
    created_at timestamptz not null default now(),
    wrapped_at timestamptz not null default now()
);

-- The key-encryption key in force: one row at most. Whoever writes vault.account_key shares its lock, whoever changes the keys
-- excludes the others, so that no account key is ever wrapped under a key that is being given up.
create table vault.key_in_force (
    the_only boolean     primary key default true check (the_only),
    key_id   text        not null,
    since    timestamptz not null default now()
);

grant usage on schema vault to ledger_writer, ledger_vault;
grant insert, delete on vault.token_secret to ledger_writer;
-- Enough to find the rows to delete.
grant select (token, version) on vault.token_secret to ledger_writer;
grant select on vault.token_secret to ledger_vault;
grant select, insert, update on vault.account_key, vault.key_in_force to ledger_vault;
