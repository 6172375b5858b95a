package com.tokaify.ledger.query.account;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.sql.BoundSql;
import com.tokaify.ledger.query.sql.PlannedAnew;
import com.tokaify.ledger.query.sql.Within;
import com.tokaify.ledger.query.web.ListCursor;
import com.tokaify.ledger.service.access.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The list of accounts: what an {@link AccountQuery} comes to in SQL. Read by requests only;
 * planned for the values of each.
 */
public final class AccountList {
    /** Counting stops here. */
    private static final int COUNTED = 10_000;

    private static final String SEARCHED =
            """
            search_grams(casefold(name COLLATE pg_unicode_fast), 1)
                @> search_grams(casefold(:search COLLATE pg_unicode_fast), least(3, char_length(:search)))
            AND position(casefold(:search COLLATE pg_unicode_fast) IN casefold(name COLLATE pg_unicode_fast)) > 0
            """;

    private final JdbcClient jdbc;

    public AccountList(DataSource source) {
        this.jdbc = PlannedAnew.on(source);
    }

    AccountPage page(AccountQuery query, Scope scope) {
        BoundSql page = pageOf(query, scope);
        List<AccountView> found =
                jdbc.sql(page.text())
                        .params(page.values())
                        .query((row, _) -> AccountTable.view(row))
                        .list();
        List<AccountView> items = ListCursor.page(found, query.limit());
        int counted = count(query, scope);
        return new AccountPage(
                items,
                counted > COUNTED ? null : counted,
                Math.min(COUNTED, counted),
                found.size() > items.size() ? query.cursorAt(items.getLast()).toString() : null);
    }

    /** Asks for a page, and one account more. */
    static BoundSql pageOf(AccountQuery query, Scope scope) {
        Map<String, Object> values = new HashMap<>();
        List<String> conditions = restrict(query, scope, values);
        values.put("limit", query.limit() + 1);
        ListCursor after = query.after();
        if (after != null) {
            conditions.add(query.sort().beyond(query.direction()));
            values.put("afterId", after.id());
            if (!after.key().isEmpty()) {
                values.put("afterKey", after.key());
            }
        }
        return new BoundSql(
                AccountTable.SHOWN
                        + where(conditions)
                        + query.sort().orderBy(query.direction())
                        + " LIMIT :limit",
                values);
    }

    private int count(AccountQuery query, Scope scope) {
        Map<String, Object> values = new HashMap<>();
        String where = where(restrict(query, scope, values));
        return jdbc.sql(
                        "SELECT count(*) FROM (SELECT FROM account"
                                + where
                                + " LIMIT "
                                + (COUNTED + 1)
                                + ") AS counted")
                .params(values)
                .query(Integer.class)
                .single();
    }

    private static List<String> restrict(
            AccountQuery query, Scope scope, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>();
        Within.add(scope, conditions, values);
        if (query.search() != null) {
            Optional<AccountId> id = query.searchedId();
            if (id.isPresent()) {
                conditions.add("account_id = :searchedId");
                values.put("searchedId", id.get().uuid());
            } else {
                conditions.add(SEARCHED);
                values.put("search", query.search());
            }
        }
        return conditions;
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }
}
