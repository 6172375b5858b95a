package com.tokaify.ledger.benchmarks.export;

import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.benchmarks.ViewStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * Rows of the table {@code event} as the projection would have written them: consumptions of many
 * tokens, spread over a month in the order of time, now and then a change among them.
 */
final class EventRows {
    private static final int TOKENS = 10_000;

    private EventRows() {}

    /**
     * @param store with the views' tables, and no events
     */
    static void fill(ViewStore store, int events) throws SQLException {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = read");
            statement.execute(
                    """
                    create table event_2026_10 partition of event
                    for values from ('2026-10-01T00:00:00Z') to ('2026-11-01T00:00:00Z')
                    """);
            statement.execute(
                    String.format(
                            Locale.ROOT,
                            """
                            insert into event
                            select timestamptz '2026-10-01T00:00:00Z' + n * (interval '30 days' / %1$d),
                                   n %% %2$d, n / %2$d + 1,
                                   overlay(overlay(md5('token' || n %% %3$d) placing '7' from 13) placing '8' from 17)::uuid,
                                   0, n / %3$d,
                                   case when n %% 50 = 0 then 'com.tokaify.ledger.token-renamed.v1'
                                        else 'com.tokaify.ledger.quota-consumed.v1' end,
                                   md5('account' || n %% 100)::uuid, 'gateway', 'edge-1', md5('request' || n),
                                   convert_to(case when n %% 50 = 0 then '{"name":"renamed by a benchmark"}'
                                        else '{"usageId":"' || md5('usage' || n) || '","amount":' || n %% 5000 + 1
                                             || ',"model":"gpt-4o-mini","totalAfter":' || n || ',"overrun":false}' end, 'UTF8')
                            from generate_series(0, %1$d - 1) as n
                            """,
                            events,
                            LedgerStore.PARTITIONS,
                            TOKENS));
            statement.execute("vacuum (analyze, freeze) event");
        }
    }
}
