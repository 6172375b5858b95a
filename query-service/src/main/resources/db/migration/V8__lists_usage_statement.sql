-- Lists that are searched and sorted, usage over time, and the account's statement. All of it belongs to the projection
-- "books": an account's usage can only be told through its tokens, and a statement that stood at another position than the
-- balance would contradict it. What the books have forgotten is read again from the stream.
TRUNCATE token, account, account_totals;
DELETE FROM projection_position WHERE projection = 'books';

-- Every run of `shortest` to two characters that a text contains. Runs of two, and not of three as pg_trgm has them, because
-- two characters are a whole word in Chinese; and pg_trgm sees only ASCII letters where LC_CTYPE is C, as it is here.
CREATE FUNCTION search_grams(folded text, shortest integer) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 -- tens of microseconds: not to be worked out row by row
    RETURN ARRAY(SELECT DISTINCT substr(folded, at, size)
                 FROM generate_series(shortest, 2) AS size, generate_series(1, char_length(folded) - size + 1) AS at);

-- Part of a name in any case, or part of a mask. It narrows; the query looks at the text itself. Written when a token is
-- created, renamed, rotated or deleted, never by usage.
CREATE INDEX token_search ON token USING gin (search_grams(casefold((name || chr(10) || mask) COLLATE pg_unicode_fast), 1))
    WHERE NOT deleted;

-- Lists by name in any case, and by expiry with the unlimited last. One index each over all tokens and none per account: of
-- a small account all tokens are sorted, in a large one those of others are passed over, and the planner takes the shorter.
-- Expiry finds what expires before an instant, too.
CREATE INDEX token_by_name ON token ((casefold(name COLLATE pg_unicode_fast) COLLATE "C"), token_id) WHERE NOT deleted;
CREATE INDEX token_by_expiry ON token ((coalesce(expires_at, 'infinity')), token_id) WHERE NOT deleted;

-- Filters that few tokens pass, newest first.
CREATE INDEX token_of_group ON token (group_name, token_id) WHERE NOT deleted;
CREATE INDEX token_disabled ON token (token_id) WHERE NOT enabled AND NOT deleted;
CREATE INDEX token_expired ON token (token_id) WHERE expired AND NOT deleted;

-- Tokens that may use a model: those that name it, and those that name none.
CREATE INDEX token_models ON token USING gin (models) WHERE models IS NOT NULL AND NOT deleted;
CREATE INDEX token_any_model ON token (token_id) WHERE models IS NULL AND NOT deleted;

-- What lists are sorted and filtered by that changes with usage. Apart from the wide row, so that usage goes on to rewrite
-- that row in place: one index on any of these columns there, and every usage would write to all indexes above. Of deleted
-- tokens there is no row.
CREATE TABLE token_use (
    token_id     uuid        NOT NULL,
    used_at      timestamptz NOT NULL, -- -infinity is never
    used_total   bigint      NOT NULL, -- units over all its life
    used_percent smallint    NOT NULL, -- whole percents of the limit, while the period lasts; at most 100, and -1 without limit
    PRIMARY KEY (token_id) -- the token's row, where a filter or a cursor asks for it
) WITH (fillfactor = 80); -- a new version fits beside the old one, whose place the next can take
CREATE INDEX token_by_use ON token_use (used_at, token_id); -- the list by last use
CREATE INDEX token_by_total ON token_use (used_total, token_id); -- the list by what was consumed
CREATE INDEX token_near_quota ON token_use (used_percent, token_id) WHERE used_percent > 0; -- near or at the limit

-- Lists of accounts.
CREATE INDEX account_search ON account USING gin (search_grams(casefold(name COLLATE pg_unicode_fast), 1));
CREATE INDEX account_by_name ON account ((casefold(name COLLATE pg_unicode_fast) COLLATE "C"), account_id);

-- Usage of each token by model and quarter of an hour: of quarters the hours and days of every time zone can be made, which
-- of hours they cannot (India is half an hour off, Nepal a quarter). Partitioned by month (UTC), made when its first event
-- comes; `ledger.usage.keep` says how many are kept.
CREATE TABLE usage (
    token_id  uuid        NOT NULL,
    starts_at timestamptz NOT NULL, -- of the quarter of an hour
    model     text        NOT NULL, -- '' is none named
    calls     bigint      NOT NULL, -- usages booked
    consumed  bigint      NOT NULL, -- units of those
    refunds   bigint      NOT NULL, -- given back in this quarter, whenever they were consumed
    refunded  bigint      NOT NULL, -- units of those
    PRIMARY KEY (token_id, starts_at, model) -- a token's usage from one instant to another
) PARTITION BY RANGE (starts_at);

-- The same of each account, over all its tokens: ten thousand tokens a month would be too many rows to add up when asked.
-- Statements stand on it, so it is kept for ever.
CREATE TABLE account_usage (
    account_id uuid        NOT NULL,
    starts_at  timestamptz NOT NULL,
    model      text        NOT NULL,
    calls      bigint      NOT NULL,
    consumed   bigint      NOT NULL,
    refunds    bigint      NOT NULL,
    refunded   bigint      NOT NULL,
    PRIMARY KEY (account_id, starts_at, model) -- an account's usage from one instant to another
) WITH (fillfactor = 80); -- the rows of the running quarter are rewritten with every batch

-- Credits and adjustments, one by one.
CREATE TABLE account_entry (
    account_id  uuid        NOT NULL,
    recorded_at timestamptz NOT NULL,
    sequence    bigint      NOT NULL, -- of the event, in the account's stream
    kind        text        NOT NULL, -- credit or adjustment
    amount      bigint      NOT NULL, -- units, signed
    note        text        NOT NULL, -- a credit's reference, an adjustment's reason
    PRIMARY KEY (account_id, recorded_at, sequence) -- an account's entries from one instant to another
);

-- What moved an account's balance, by day (UTC): the opening balance of a statement is the sum of the days before it.
CREATE TABLE account_day (
    account_id uuid   NOT NULL,
    day        date   NOT NULL,
    moved      bigint NOT NULL, -- units, signed: credits + adjustments - consumption + refunds
    PRIMARY KEY (account_id, day) -- an account's days before a day
) WITH (fillfactor = 80); -- today's row is rewritten with every batch
