-- The indexes that a view is filled without, because making them at the end costs a fraction of keeping them up: what to make
-- them by, written in the transaction that drops them and gone in the one that makes them. Empty once the view is filled.
CREATE TABLE index_to_make (
    name       text NOT NULL,
    definition text NOT NULL,
    PRIMARY KEY (name)
);

-- What an account's tokens consumed by the hour also stood in account_usage, by the quarter, and in account_day.
DROP TABLE consumption_hour;
