-- Every event as it came, for ever or as long as ledger.history.keep says. One partition of the table per month (UTC), made by the
-- projection when the month's first event comes, so that what is too old goes by dropping a table. The feed's order is
-- (recorded_at, partition, pseq).
CREATE TABLE event (
    recorded_at    timestamptz NOT NULL, -- microseconds, as in the event
    partition      integer     NOT NULL,
    pseq           bigint      NOT NULL,
    stream         uuid        NOT NULL, -- of the token or account; the catalog's is all zeros
    stream_kind    smallint    NOT NULL, -- 0 token, 1 account, 2 catalog
    sequence       bigint      NOT NULL,
    type           text        NOT NULL, -- the CloudEvents type
    account_id     uuid,                 -- whose: of a token's events its account; null of the catalog
    actor_kind     text        NOT NULL,
    actor_id       text        NOT NULL,
    correlation_id text        NOT NULL,
    data           bytea       NOT NULL, -- the JSON exactly as it came from Kafka
    PRIMARY KEY (partition, pseq, recorded_at) -- an event by its position; the time is there because partitioned tables ask for it
) PARTITION BY RANGE (recorded_at);

-- A stream in its order: histories, and the tail behind a checkpoint.
CREATE INDEX event_of_stream ON event (stream, sequence);

-- A stream without the one kind of event that most of them are: somebody's change among a million consumptions.
CREATE INDEX event_of_stream_changes ON event (stream, sequence) WHERE type <> 'com.tokaify.ledger.quota-consumed.v1';

-- The feed of everything.
CREATE INDEX event_in_time ON event (recorded_at, partition, pseq);

-- The feed of one account; what its tokens consumed within an hour.
CREATE INDEX event_of_account ON event (account_id, recorded_at, partition, pseq);

-- Which account a token belongs to: stands in its first event and never changes.
CREATE TABLE token_owner (
    token_id   uuid NOT NULL,
    account_id uuid NOT NULL,
    PRIMARY KEY (token_id) -- every batch asks for the owners of its tokens
);

-- What a stream has come to after every thousandth of its events, so that no question folds more than a thousand.
CREATE TABLE history_checkpoint (
    stream       uuid        NOT NULL,
    sequence     bigint      NOT NULL, -- of the last event in it
    effective_at timestamptz NOT NULL, -- the latest recorded_at of the stream so far
    state        bytea       NOT NULL, -- JSON
    PRIMARY KEY (stream, sequence) -- the last one before a sequence
);

-- The last one before an instant.
CREATE INDEX history_checkpoint_in_time ON history_checkpoint (stream, effective_at, sequence);

-- What the tokens of an account consumed within each hour (UTC), refunds subtracted, by the time the events were recorded.
CREATE TABLE consumption_hour (
    account_id uuid        NOT NULL,
    hour       timestamptz NOT NULL, -- its beginning
    consumed   bigint      NOT NULL,
    PRIMARY KEY (account_id, hour) INCLUDE (consumed) -- all hours of an account up to one, from the index alone
) WITH (fillfactor = 80); -- the current hour is rewritten with every batch

-- From when on events are there. No row: from the beginning.
CREATE TABLE history_kept (
    single boolean     NOT NULL CHECK (single),
    since  timestamptz NOT NULL,
    PRIMARY KEY (single) -- keeps it one row, and finds it
);
