-- What an account's tokens consumed by the hour also stood in account_usage, by the quarter, and in account_day.
DROP TABLE consumption_hour;
