-- The second wall between accounts; the first is a condition in every statement. Whoever asks as an owner does so in a transaction
-- that has become the role query_tenant and says for which account. To this role a table is closed until it is granted here, and
-- of those granted it sees the rows its policy shows. The role that owns the tables, whose projections write them and which
-- answers those who may know of every account, is held by none of it: it could not COPY if it were, and would pay for the policy
-- with the indexes that only functions can use. See decision 0029.
DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO query_tenant', current_schema()); END $$;

-- Null where nobody has said, and then no row is anybody's.
CREATE FUNCTION own_account() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CAST(nullif(current_setting('ledger.account', true), '') AS uuid);

-- What belongs to nobody.
GRANT SELECT ON projection_position, history_kept, catalog_group, catalog_model, catalog_access TO query_tenant;

GRANT SELECT ON token, account, account_totals, account_usage, account_entry, account_day, token_owner TO query_tenant;
ALTER TABLE token            ENABLE ROW LEVEL SECURITY;
ALTER TABLE account          ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_totals   ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_usage    ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_entry    ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_day      ENABLE ROW LEVEL SECURITY;
ALTER TABLE token_owner      ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON token            FOR SELECT TO query_tenant USING (account_id = own_account());
CREATE POLICY own ON account          FOR SELECT TO query_tenant USING (account_id = own_account());
CREATE POLICY own ON account_totals   FOR SELECT TO query_tenant USING (account_id = own_account());
CREATE POLICY own ON account_usage    FOR SELECT TO query_tenant USING (account_id = own_account());
CREATE POLICY own ON account_entry    FOR SELECT TO query_tenant USING (account_id = own_account());
CREATE POLICY own ON account_day      FOR SELECT TO query_tenant USING (account_id = own_account());
CREATE POLICY own ON token_owner      FOR SELECT TO query_tenant USING (account_id = own_account());

-- Tables without a column for the account. Whose row it is, is looked up row by row, and behind that table's own policy. Not by
-- EXISTS, for which PostgreSQL may read through all tokens at once to hash them.
GRANT SELECT ON token_use, usage, history_checkpoint TO query_tenant;
ALTER TABLE token_use          ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage              ENABLE ROW LEVEL SECURITY;
ALTER TABLE history_checkpoint ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON token_use FOR SELECT TO query_tenant
    USING (own_account() = (SELECT account_id FROM token WHERE token.token_id = token_use.token_id));
CREATE POLICY own ON usage FOR SELECT TO query_tenant
    USING (own_account() = (SELECT account_id FROM token WHERE token.token_id = usage.token_id));
CREATE POLICY own ON history_checkpoint FOR SELECT TO query_tenant
    USING (own_account() IN (stream, (SELECT account_id FROM token_owner WHERE token_owner.token_id = stream)));

-- Events of the catalog are everybody's. Months of events and of usage are partitions: a tenant reads them through the table they
-- are part of, whose policy holds for all, and is granted none of them by itself.
GRANT SELECT ON event TO query_tenant;
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON event FOR SELECT TO query_tenant USING (account_id = own_account() OR account_id IS NULL);
