-- The log of seals: one RFC 6962 Merkle tree whose leaves are the events, in the order they were sealed in, and its signed
-- checkpoints. ledger_sealer reads events and adds here; nobody changes or removes. ledger_auditor reads.
create schema seal;

-- Consecutive events of one partition, which are consecutive leaves. What the leaves are made of is in the events themselves.
create table seal.run (
    first_leaf bigint   primary key,
    partition  smallint not null,
    first_pseq bigint   not null,
    count      integer  not null,
    -- The leaves' hashes, 32 bytes each.
    hashes     bytea    not null,
    -- No event is sealed twice; finds the run an event is in, and where a partition's sealing goes on.
    constraint run_position unique (partition, first_pseq)
);

-- Hashes cannot be compressed, and a leaf is looked up without reading its whole run.
alter table seal.run alter column hashes set storage external;

-- What the log was at a size. What has been signed and is not here was never told to anybody.
create table seal.checkpoint (
    size      bigint      primary key,
    root      bytea       not null,
    -- The signed note, as c2sp.org/tlog-checkpoint has it.
    note      text        not null,
    signed_at timestamptz not null
);

-- The right edge of the tree now and then: its largest whole subtrees, from the largest on, so that a start need not read all leaves.
create table seal.edge (
    size     bigint primary key,
    subtrees bytea  not null
);

grant usage on schema ledger, seal to ledger_sealer, ledger_auditor;
grant select on ledger.event, ledger.partition_head to ledger_sealer, ledger_auditor;
grant select on ledger.unbooked_usage to ledger_auditor;
grant select, insert on seal.run, seal.checkpoint, seal.edge to ledger_sealer;
grant select on seal.run, seal.checkpoint, seal.edge to ledger_auditor;
