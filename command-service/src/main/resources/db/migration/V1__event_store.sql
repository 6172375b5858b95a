-- The event store. Owned by ledger_owner; ledger_writer may read and add, nobody may change or remove.
create schema ledger;

create table ledger.event (
    -- Dense position in the partition: 1, 2, 3 … in commit order, from ledger.partition_head.
    pseq           bigint      not null,
    recorded_at    timestamptz not null,
    -- Place in the stream, from 0.
    sequence       bigint      not null,
    -- The UUID behind tok_… or acc_…; zero for the catalog.
    stream         uuid        not null,
    -- Names a fact that may be recorded once only (a usage id, a credit's reference); null where it may recur.
    once_key       uuid,
    partition      smallint    not null,
    -- The code of shared-events' EventType.
    type           smallint    not null,
    actor          text        not null,
    correlation_id text        not null,
    -- JSON exactly as it was written and hashed; never jsonb, which would rewrite it.
    payload        bytea       not null,
    -- Readers follow a partition in this order.
    constraint event_position primary key (partition, pseq),
    -- Loads a stream, and fences two writers of one stream against each other.
    constraint event_stream_sequence unique (stream, sequence)
);

-- Looks up and fences what may be recorded once only. Partial, since most kinds of events may recur.
create unique index event_once_key on ledger.event (once_key) where once_key is not null;

-- The last position given out in each partition. Updated in the transaction of the events, as late as possible: its row
-- lock makes the order of positions the order of commits. fillfactor leaves room for updates in place.
create table ledger.partition_head (
    partition smallint primary key,
    pseq      bigint not null
) with (fillfactor = 10);

-- Where the intake of usage reports goes on, in the transaction of the events it made.
create table ledger.usage_offset (
    partition   smallint primary key,
    next_offset bigint not null
) with (fillfactor = 10);

-- Usage reports that cannot be booked (unreadable, unknown token, conflicting usage id). Kept for an operator: the ledger
-- never drops a cost in silence.
create table ledger.unbooked_usage (
    partition  smallint    not null,
    kafka_offset bigint    not null,
    token      text,
    reason     text        not null,
    record     bytea,
    noticed_at timestamptz not null,
    primary key (partition, kafka_offset)
);

grant usage on schema ledger to ledger_writer, ledger_relay;
grant select, insert on ledger.event to ledger_writer;
grant select, update on ledger.partition_head, ledger.usage_offset to ledger_writer;
grant select, insert on ledger.unbooked_usage to ledger_writer;
grant select on ledger.event, ledger.partition_head to ledger_relay;
