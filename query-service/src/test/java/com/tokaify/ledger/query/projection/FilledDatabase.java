package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.BoundSql;
import com.tokaify.ledger.service.access.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Views with as many rows as make a scan of all of them a mistake: a hundred thousand tokens of a
 * few thousand accounts, half a million rows of usage, and events of theirs. Filled once, by SQL
 * and not by events, for all tests that ask how PostgreSQL would go about a query.
 */
public final class FilledDatabase {
    private static final int ACCOUNTS = 5_000;
    private static final int TOKENS = 100_000;
    private static final int USAGE_ROWS = 500_000;
    private static final int EVENTS = 300_000;

    private static final class Holder {
        // Closed with the JVM: it belongs to several test classes.
        private static final ViewDatabase DATABASE = filled();
    }

    private FilledDatabase() {}

    public static JdbcClient jdbc() {
        return Holder.DATABASE.jdbc();
    }

    public static DataSource source() {
        return Holder.DATABASE.source();
    }

    /** For what is to be filled in by events, as the service does it. */
    public static ViewDatabase database() {
        return Holder.DATABASE;
    }

    /** The account that a tenth of the tokens belongs to. */
    public static AccountId largeAccount() {
        return new AccountId(uuid(1));
    }

    /** An account of middling size. */
    public static AccountId account() {
        return new AccountId(uuid(ACCOUNTS / 2));
    }

    public static TokenId token() {
        return new TokenId(uuid(TOKENS / 2));
    }

    private static UUID uuid(int number) {
        return UUID.fromString("00000000-0000-7000-8000-%012x".formatted(number));
    }

    /** How PostgreSQL would go about a query: its scans as {@code Index Scan token_pkey}. */
    public static List<String> scans(BoundSql sql) {
        return scans(jdbc(), sql);
    }

    /** The same for somebody who may know of this account alone. */
    public static List<String> scansFor(AccountId account, BoundSql sql) {
        return scans(jdbcFor(account), sql);
    }

    /** The views as somebody sees them who may know of this account alone. */
    public static JdbcClient jdbcFor(AccountId account) {
        return JdbcClient.create(Holder.DATABASE.shownTo(new Scope.OneAccount(account)));
    }

    private static List<String> scans(JdbcClient jdbc, BoundSql sql) {
        String plan =
                jdbc.sql("EXPLAIN (FORMAT JSON) " + sql.text())
                        .params(sql.values())
                        .query(String.class)
                        .single();
        List<String> scans = new ArrayList<>();
        collect(StrictJson.MAPPER.readTree(plan).required(0).required("Plan"), scans);
        return scans;
    }

    private static void collect(JsonNode node, List<String> scans) {
        String type = node.required("Node Type").asString();
        if (node.has("Index Name")) {
            scans.add(type.replace("Only ", "") + " " + node.required("Index Name").asString());
        } else if (type.equals("Seq Scan")) {
            scans.add(type + " " + node.required("Relation Name").asString());
        }
        if (node.has("Plans")) {
            node.required("Plans").forEach(child -> collect(child, scans));
        }
    }

    private static ViewDatabase filled() {
        ViewDatabase database = new ViewDatabase();
        fill(database.jdbc());
        return database;
    }

    private static void fill(JdbcClient jdbc) {
        jdbc.sql("SELECT setseed(0.5)").query((_, _) -> 0).list();
        jdbc.sql(
                        """
                        INSERT INTO account (account_id, name, suspended, opened_at, sequence)
                        SELECT CAST('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0') AS uuid), 'Account ' || md5(CAST(i AS text)),
                               false, now(), 0
                        FROM generate_series(1, :count) AS i
                        """)
                .param("count", ACCOUNTS)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO account_totals (account_id, credited, adjusted, consumed)
                        SELECT account_id, 1000, 0, 10 FROM account
                        """)
                .update();
        // A tenth of the tokens belongs to one account.
        jdbc.sql(
                        """
                        INSERT INTO token (token_id, account_id, name, group_name, quota_limit, models, expires_at, mask,
                                           enabled, expired, deleted, total_consumed, total_before, last_used_at,
                                           created_at, changed_at, sequence)
                        SELECT CAST('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0') AS uuid),
                               CAST('00000000-0000-7000-8000-'
                                    || lpad(to_hex(CASE WHEN i % 10 = 0 THEN 1 ELSE i % :accounts + 1 END), 12, '0') AS uuid),
                               'Token ' || substr(md5(CAST(i AS text)), 1, 8), 'group-' || i % 50,
                               CASE WHEN i % 2 = 0 THEN 1000 END,
                               CASE WHEN i % 4 > 0 THEN ARRAY['model-' || i % 199, 'gpt-a'] END,
                               CASE WHEN i % 3 = 0 THEN now() + interval '1 day' * (i % 1000 + 1) END,
                               'sk-' || substr(md5(CAST(-i AS text)), 1, 4) || '**********' || substr(md5(CAST(-i AS text)), 5, 4),
                               i % 100 > 0, i % 90 = 0, false, CAST(1000000 * random() * random() AS bigint), 0,
                               CASE WHEN random() < 0.7 THEN now() - interval '90 days' * random() END, now(), now(), 0
                        FROM generate_series(1, :count) AS i
                        """)
                .param("accounts", ACCOUNTS)
                .param("count", TOKENS)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO token_use (token_id, account_id, used_at, used_total, used_percent)
                        SELECT token_id, account_id, coalesce(last_used_at, '-infinity'), total_consumed,
                               CASE WHEN quota_limit IS NULL THEN -1 ELSE CAST(100 * random() ^ 20 AS smallint) END
                        FROM token
                        """)
                .update();
        jdbc.sql(
                        """
                        CREATE TABLE usage_2026_11 PARTITION OF usage
                        FOR VALUES FROM ('2026-11-01T00:00:00Z') TO ('2026-12-01T00:00:00Z')
                        """)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO usage (token_id, starts_at, model, calls, consumed, refunds, refunded)
                        SELECT CAST('00000000-0000-7000-8000-' || lpad(to_hex(i % 1000 * 100), 12, '0') AS uuid),
                               TIMESTAMPTZ '2026-11-01T00:00:00Z' + interval '15 minutes' * (i / 1000), 'gpt-a', 1, 10, 0, 0
                        FROM generate_series(0, :count - 1) AS i
                        """)
                .param("count", USAGE_ROWS)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO account_usage (account_id, starts_at, model, calls, consumed, refunds, refunded)
                        SELECT CAST('00000000-0000-7000-8000-' || lpad(to_hex(i % 500 * 10), 12, '0') AS uuid),
                               TIMESTAMPTZ '2026-11-01T00:00:00Z' + interval '15 minutes' * (i / 500), 'gpt-a', 1, 10, 0, 0
                        FROM generate_series(0, :count - 1) AS i
                        """)
                .param("count", USAGE_ROWS / 5)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO account_entry (account_id, recorded_at, sequence, kind, amount, note)
                        SELECT account_id, TIMESTAMPTZ '2026-11-01T00:00:00Z' + interval '1 day' * i, i, 'credit', 10, 'invoice'
                        FROM account, generate_series(1, 10) AS i
                        """)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO account_day (account_id, day, moved)
                        SELECT account_id, DATE '2026-11-01' + i, 10 FROM account, generate_series(0, 19) AS i
                        """)
                .update();
        // One event in fifty is a change by the token's owner; a gateway consumes the rest.
        // Positions
        // lie where no test writes.
        jdbc.sql("CREATE TABLE event_2026_11 (LIKE event INCLUDING DEFAULTS)").update();
        jdbc.sql(
                        """
                        INSERT INTO event_2026_11
                        SELECT TIMESTAMPTZ '2026-11-01T00:00:00Z' + interval '8 seconds' * i, 1000, i,
                               CAST('00000000-0000-7000-8000-' || lpad(to_hex(i % 300), 12, '0') AS uuid), 0, i / 300,
                               CASE WHEN i % 50 = 0 THEN 'com.tokaify.ledger.token-renamed.v1'
                                    ELSE 'com.tokaify.ledger.quota-consumed.v1' END,
                               CAST('00000000-0000-7000-8000-' || lpad(to_hex(i % 100), 12, '0') AS uuid),
                               CASE WHEN i % 50 = 0 THEN 'owner' ELSE 'gateway' END,
                               CASE WHEN i % 50 = 0 THEN 'user-' || i % 1000 ELSE 'edge-' || i % 3 END, 'r', '{}'
                        FROM generate_series(1, :count) AS i
                        """)
                .param("count", EVENTS)
                .update();
        jdbc.sql(
                        """
                        ALTER TABLE event ATTACH PARTITION event_2026_11
                        FOR VALUES FROM ('2026-11-01T00:00:00Z') TO ('2026-12-01T00:00:00Z')
                        """)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO history_checkpoint (stream, sequence, effective_at, state)
                        SELECT CAST('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0') AS uuid), 999,
                               TIMESTAMPTZ '2026-11-20T00:00:00Z', '{}'
                        FROM generate_series(1, :count) AS i
                        """)
                .param("count", TOKENS / 2)
                .update();
        for (String table :
                List.of(
                        "event",
                        "history_checkpoint",
                        "account",
                        "account_totals",
                        "token",
                        "token_use",
                        "usage",
                        "account_usage",
                        "account_entry",
                        "account_day")) {
            jdbc.sql("VACUUM ANALYZE " + table).update();
        }
    }
}
