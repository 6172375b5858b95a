-- What a stream had become, so that loading it replays a bounded number of events. A shortcut that may be emptied at any time:
-- the events say the same.
create table ledger.snapshot (
    stream            uuid     primary key,
    -- Of the last event in it.
    sequence          bigint   not null,
    -- Of the last event that changed what people set.
    settings_sequence bigint   not null,
    -- What state is written in; a reader passes over those it does not know.
    format            smallint not null,
    state             bytea    not null
) with (fillfactor = 70); -- rewritten in place as the stream grows

grant select, insert, update on ledger.snapshot to ledger_writer;
