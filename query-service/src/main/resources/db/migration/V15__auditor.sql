-- An auditor holds the views against what it has folded from events by itself. It reads what they say of tokens, accounts and the
-- catalog, of every account, and how far they have come; it writes nothing, and reads no table that is not named here. Made by a
-- migration, so that views built anew have it too, and keep it when they take the place of the live ones.
DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO ledger_auditor', current_schema()); END $$;

GRANT SELECT ON projection_position, catalog_group, catalog_model, catalog_access TO ledger_auditor;

GRANT SELECT ON token, account, account_totals TO ledger_auditor;
CREATE POLICY audit ON token          FOR SELECT TO ledger_auditor USING (true);
CREATE POLICY audit ON account        FOR SELECT TO ledger_auditor USING (true);
CREATE POLICY audit ON account_totals FOR SELECT TO ledger_auditor USING (true);
