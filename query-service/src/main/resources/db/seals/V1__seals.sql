-- The log of seals as it is published, in a schema of its own: no view, so a rebuild leaves it alone, and with a history of its own.
-- Everything in it comes from the topic ledger.seals and can be thrown away with the schema; it is read again then.

-- What the log was at each size it was signed at.
CREATE TABLE checkpoint (
    size        bigint NOT NULL,
    note        text   NOT NULL, -- the signed note, as it came
    next_offset bigint NOT NULL, -- where reading the topic goes on
    PRIMARY KEY (size) -- finds the last one
);

-- The tree in tiles of c2sp.org/tlog-tiles: at level 0 the hashes of leaves, above it those of whole tiles below. The last tile of a
-- level is rewritten as it grows, and begins with what it was.
CREATE TABLE tile (
    level  smallint NOT NULL,
    index  bigint   NOT NULL,
    hashes bytea    NOT NULL, -- 32 bytes each, 256 at most
    PRIMARY KEY (level, index)
);
ALTER TABLE tile ALTER COLUMN hashes SET STORAGE EXTERNAL; -- hashes cannot be compressed

-- Which events the leaves are of.
CREATE TABLE run (
    first_leaf bigint   NOT NULL,
    partition  smallint NOT NULL,
    first_pseq bigint   NOT NULL,
    count      integer  NOT NULL,
    PRIMARY KEY (first_leaf), -- the events of leaves
    CONSTRAINT run_position UNIQUE (partition, first_pseq) -- the leaf of an event
);
