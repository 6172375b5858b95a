-- The feed of one actor, who may have done little and long ago. What gateways consume is left out: it is nearly everything there
-- is, every event would pay for it, and what a gateway did is found in the feed of everything, which is hardly anything else.
CREATE INDEX event_of_actor ON event (actor_kind, actor_id, recorded_at, partition, pseq)
    WHERE type <> 'com.tokaify.ledger.quota-consumed.v1' OR actor_kind <> 'gateway';
