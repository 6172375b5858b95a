-- What the read side was slow at: see decision 0035.

-- Runs of three characters besides those of one and two. What is searched for is looked for by its longest runs: one of three has
-- a tenth or less of the tokens that one of two has, and PostgreSQL takes every token that has the rarest run to look for it in the
-- lists of all the others.
DROP INDEX IF EXISTS token_search;
DROP INDEX IF EXISTS account_search;
CREATE OR REPLACE FUNCTION search_grams(folded text, shortest integer) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    RETURN CASE WHEN shortest <= 1 THEN string_to_array(folded, NULL) END
           || CASE WHEN shortest <= 2
                   THEN ARRAY(SELECT substr(folded, at, 2) FROM generate_series(1, char_length(folded) - 1) AS at) END
           || ARRAY(SELECT substr(folded, at, 3) FROM generate_series(1, char_length(folded) - 2) AS at);
CREATE INDEX token_search ON token USING gin (search_grams(casefold((name || chr(10) || mask) COLLATE pg_unicode_fast), 1))
    WHERE NOT deleted;
CREATE INDEX account_search ON account USING gin (search_grams(casefold(name COLLATE pg_unicode_fast), 1));

-- A mask that was copied whole from a list.
CREATE INDEX token_by_mask ON token (mask, token_id) WHERE NOT deleted;

-- Views that are being filled have these already, and are not to make them once more.
DELETE FROM index_to_make WHERE name IN ('token_search', 'account_search');

-- Whose token it is, so that an owner's list by use is told what is the owner's by the row itself: it was looked up in the token's
-- row, one by one, and that row was itself looked at for whose it is.
ALTER TABLE token_use ADD COLUMN account_id uuid;
UPDATE token_use SET account_id = token.account_id FROM token WHERE token.token_id = token_use.token_id;
ALTER TABLE token_use ALTER COLUMN account_id SET NOT NULL;
DROP POLICY own ON token_use;
CREATE POLICY own ON token_use FOR SELECT TO query_tenant USING (account_id = own_account());
