-- What has to be done to tokens at an instant: expire them, begin their next quota period. Written in the transaction of the
-- events it follows from.
create table ledger.due (
    token uuid        not null,
    -- 1 the token expires, 2 its quota period ends.
    kind  smallint    not null,
    at    timestamptz not null,
    primary key (token, kind)
);

-- Finds what is due.
create index due_at on ledger.due (at);

grant select, insert, update, delete on ledger.due to ledger_writer;
