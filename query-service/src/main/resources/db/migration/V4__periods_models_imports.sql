-- What counts under a token's limit is its total without total_before, and nothing once the period has ended. That depends on
-- the time of asking, so it is not stored. Rows from before have no period: the total of all their life counts.
ALTER TABLE token RENAME COLUMN consumed TO total_consumed;
ALTER TABLE token
    ADD COLUMN total_before         bigint NOT NULL DEFAULT 0, -- units of the total that count no more; 0 without periods
    ADD COLUMN period_every         text,        -- day, week or month; null is one quota for all time
    ADD COLUMN period_time_zone     text,
    ADD COLUMN period_ends_at       timestamptz, -- of the last period something is known of
    ADD COLUMN model_quotas         text[],      -- models with a limit of their own, in the order given; null is none
    ADD COLUMN model_quota_limits   bigint[],    -- theirs, one by one
    ADD COLUMN model_quota_consumed bigint[],    -- what they consumed in that period, or since they have a limit
    ADD COLUMN imported_from        text;        -- the system the token was taken over from
ALTER TABLE token ALTER COLUMN total_before DROP DEFAULT;
