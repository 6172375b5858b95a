package com.tokaify.ledger.query.name;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.sql.Within;
import com.tokaify.ledger.service.access.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Names out of the tables {@code token} and {@code account}, by their keys; any number of threads.
 */
final class NameTable {
    private static final String NAMED =
            """
            SELECT id, is_token, name
            FROM (SELECT token_id AS id, account_id, true AS is_token, name FROM token
                  WHERE token_id = ANY (CAST(:tokens AS uuid[]))
                  UNION ALL
                  SELECT account_id AS id, account_id, false AS is_token, name FROM account
                  WHERE account_id = ANY (CAST(:accounts AS uuid[]))) AS named
            """;

    private final JdbcClient jdbc;

    NameTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Deleted tokens keep their names. What is out of the scope has none. */
    List<Named> find(NameQuery query, Scope scope) {
        Map<String, Object> values = new HashMap<>();
        values.put("tokens", Columns.texts(query.tokens(), TokenId::uuid));
        values.put("accounts", Columns.texts(query.accounts(), AccountId::uuid));
        List<String> conditions = new ArrayList<>();
        Within.add(scope, conditions, values);
        String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
        return jdbc.sql(NAMED + where + " ORDER BY id")
                .params(values)
                .query((row, _) -> named(row))
                .list();
    }

    private static Named named(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        StreamId stream = row.getBoolean("is_token") ? new TokenId(id) : new AccountId(id);
        return new Named(stream.toString(), row.getString("name"));
    }
}
