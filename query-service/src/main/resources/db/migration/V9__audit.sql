-- The feeds of everything and of one account without consumption, which is most of all events and which auditors leave out.
-- Rows of consumption are in neither, so they cost nothing when they are written.
CREATE INDEX event_changes_in_time ON event (recorded_at, partition, pseq)
    WHERE type <> 'com.tokaify.ledger.quota-consumed.v1';
CREATE INDEX event_changes_of_account ON event (account_id, recorded_at, partition, pseq)
    WHERE type <> 'com.tokaify.ledger.quota-consumed.v1';
