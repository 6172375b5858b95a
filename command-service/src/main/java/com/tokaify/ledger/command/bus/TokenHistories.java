package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.StreamSnapshot;
import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.command.store.SnapshotTable;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.id.TokenId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the histories of many tokens in two queries. Most tokens are hardly ever used, so under
 * load every batch has some that are not in memory, and a query for each would cost more than all
 * the rest of the batch.
 */
record TokenHistories(EventTable table, SnapshotTable snapshots, short snapshotFormat) {

    /** By the tokens' texts; of those without events an empty one. */
    Map<String, History> of(Collection<TokenId> tokens) {
        Map<TokenId, StreamSnapshot> found = snapshots.find(tokens, snapshotFormat);
        Map<TokenId, Long> from = new HashMap<>();
        for (TokenId token : tokens) {
            StreamSnapshot snapshot = found.get(token);
            from.put(token, snapshot == null ? 0 : snapshot.sequence() + 1);
        }
        Map<TokenId, List<StoredEvent>> events = table.streams(from);
        Map<String, History> histories = new HashMap<>();
        for (TokenId token : tokens) {
            histories.put(
                    token.toString(),
                    new History(found.get(token), events.getOrDefault(token, List.of())));
        }
        return histories;
    }
}
