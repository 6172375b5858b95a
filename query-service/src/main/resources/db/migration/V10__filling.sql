-- The indexes that a view is filled without, because making them at the end costs a fraction of keeping them up: what to make
-- them by, written in the transaction that drops them and gone in the one that makes them. Empty once the view is filled.
CREATE TABLE index_to_make (
    name       text NOT NULL,
    definition text NOT NULL,
    PRIMARY KEY (name)
);

-- What an account's tokens consumed by the hour also stood in account_usage, by the quarter, and in account_day.
DROP TABLE consumption_hour;

-- The same entries as before with half the steps: an index sorts out by itself what comes twice.
CREATE OR REPLACE FUNCTION search_grams(folded text, shortest integer) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    RETURN CASE WHEN shortest = 1 THEN string_to_array(folded, NULL) END
           || ARRAY(SELECT substr(folded, at, 2) FROM generate_series(1, char_length(folded) - 1) AS at);
