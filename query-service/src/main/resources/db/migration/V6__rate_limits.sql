-- How much of a token may be used within a minute, at each instance of enforcement. Null is any amount; rows from before have no
-- limits, since nothing could give them any.
ALTER TABLE token
    ADD COLUMN requests_per_minute bigint,
    ADD COLUMN units_per_minute    bigint;
