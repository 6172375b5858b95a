-- What requests with an Idempotency-Key were answered, kept in the transaction of their events, so that a repetition is
-- answered alike whatever died in between. Never a secret.
create table ledger.idempotency (
    -- The first 128 bits of SHA-256 over who asked and the key.
    key         uuid        primary key,
    -- SHA-256 over method, path, condition and body.
    fingerprint bytea       not null,
    -- The stream and the place of its last event when it was answered; null where the request was of many streams.
    stream      uuid,
    sequence    bigint,
    answer      bytea,
    kept_at     timestamptz not null
);

-- Finds those that need not be kept any longer.
create index idempotency_kept_at on ledger.idempotency (kept_at);

grant select, insert, delete on ledger.idempotency to ledger_writer;
