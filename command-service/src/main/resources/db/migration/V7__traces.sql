-- Where in a trace events came about, as W3C's traceparent: of the few whose request was traced, for the relay to tell with them.
-- A table beside ledger.event and no column of it: a trace is no fact of the ledger, nothing seals or proves it, and whoever traces
-- nothing pays nothing (decision 0043).
create table ledger.trace (
    partition smallint not null,
    pseq      bigint   not null,
    parent    text     not null,
    -- The relay looks for those behind what it has told.
    constraint trace_position primary key (partition, pseq)
);

grant select, insert on ledger.trace to ledger_writer;
grant select on ledger.trace to ledger_relay;
