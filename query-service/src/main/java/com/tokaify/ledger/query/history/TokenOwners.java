package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.projection.BrokenStream;
import com.tokaify.ledger.query.sql.Columns;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code token_owner}: the account of every token, since only a token's first event names
 * it. One thread, the projection's.
 *
 * <p>Those asked for last are kept in memory too. That cannot come to disagree with the table: an
 * owner never changes, so what a transaction that was rolled back has left in memory is what the
 * events say when they come again; and memory only spares asking, never writing.
 */
final class TokenOwners {
    private static final int MOST_IN_MEMORY = 100_000;

    private final JdbcClient jdbc;
    private final Map<TokenId, AccountId> lastAsked = new LastUsed<>(MOST_IN_MEMORY);

    TokenOwners(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Learns of the tokens that these events create, and tells the owner of every token in them.
     *
     * @throws BrokenStream where an event is of a token that was never created
     */
    Map<TokenId, AccountId> of(List<RecordedEvent> events) {
        Map<TokenId, AccountId> created = new HashMap<>();
        Map<TokenId, RecordedEvent> asked = new LinkedHashMap<>();
        for (RecordedEvent event : events) {
            if (event.stream() instanceof TokenId token) {
                if (event.event() instanceof TokenCreated creation) {
                    created.putIfAbsent(token, creation.accountId());
                } else {
                    asked.putIfAbsent(token, event);
                }
            }
        }
        insert(created);
        Map<TokenId, AccountId> owners = new HashMap<>(created);
        for (TokenId token : asked.keySet()) {
            AccountId known = lastAsked.get(token);
            if (known != null) {
                owners.putIfAbsent(token, known);
            }
        }
        owners.putAll(
                load(
                        asked.keySet().stream()
                                .filter(token -> !owners.containsKey(token))
                                .collect(Collectors.toSet())));
        asked.forEach((token, event) -> {
            if (!owners.containsKey(token)) {
                throw new BrokenStream(event, "the token was never created");
            }
        });
        lastAsked.putAll(owners);
        return owners;
    }

    private void insert(Map<TokenId, AccountId> created) {
        if (created.isEmpty()) {
            return;
        }
        Collection<Map.Entry<TokenId, AccountId>> rows = created.entrySet();
        jdbc.sql(
                        """
                        INSERT INTO token_owner (token_id, account_id)
                        SELECT token_id, account_id
                        FROM unnest(CAST(:tokenIds AS uuid[]), CAST(:accountIds AS uuid[]))
                             AS created (token_id, account_id)
                        ON CONFLICT (token_id) DO NOTHING
                        """)
                .param("tokenIds", Columns.texts(rows, row -> row.getKey().uuid()))
                .param("accountIds", Columns.texts(rows, row -> row.getValue().uuid()))
                .update();
    }

    private Map<TokenId, AccountId> load(Set<TokenId> tokens) {
        Map<TokenId, AccountId> owners = new HashMap<>();
        if (tokens.isEmpty()) {
            return owners;
        }
        jdbc.sql(
                        """
                        SELECT token_id, account_id FROM token_owner
                        WHERE token_id = ANY (CAST(:ids AS uuid[]))
                        """)
                .param("ids", Columns.texts(tokens, TokenId::uuid))
                .query((row, _) ->
                        Map.entry(
                                new TokenId(row.getObject("token_id", UUID.class)),
                                new AccountId(row.getObject("account_id", UUID.class))))
                .list()
                .forEach(owner -> owners.put(owner.getKey(), owner.getValue()));
        return owners;
    }
}
