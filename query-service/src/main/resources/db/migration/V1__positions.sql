-- How far each projection has come in each partition of ledger.events, moved in the transaction that applies the events.
-- Names are unqualified throughout: the schema is chosen by the connection, so that a view can be rebuilt in a second one.
CREATE TABLE projection_position (
    projection  text    NOT NULL,
    partition   integer NOT NULL,
    pseq        bigint  NOT NULL, -- the last event applied; 0 before the first
    next_offset bigint  NOT NULL, -- where on Kafka reading continues
    PRIMARY KEY (projection, partition) -- every read and write names both
) WITH (fillfactor = 50); -- rewritten with every batch: room on the page keeps those updates off the index
