package com.tokaify.ledger.query.sql;

import com.tokaify.ledger.service.access.Scope;
import java.util.Collection;
import java.util.Map;

/**
 * The first wall between accounts: whose rows a statement may find at all, as one of its
 * conditions. The second stands in the database, see decision 0029.
 */
public final class Within {
    private static final String VALUE = "asker";
    private static final String CONDITION = "account_id = :" + VALUE;

    private Within() {}

    /**
     * Adds the condition, where there is one, and its value. The table has a column {@code
     * account_id}.
     */
    public static void add(Scope scope, Collection<String> conditions, Map<String, Object> values) {
        switch (scope) {
            case Scope.EveryAccount _ -> {}
            case Scope.OneAccount account -> {
                conditions.add(CONDITION);
                values.put(VALUE, account.accountId().uuid());
            }
        }
    }
}
