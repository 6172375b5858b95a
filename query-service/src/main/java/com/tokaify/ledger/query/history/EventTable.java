package com.tokaify.ledger.query.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.projection.ReceivedEvent;
import com.tokaify.ledger.query.sql.BinaryCopy;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code event}, as its projection writes it: every batch by one binary COPY, in the
 * transaction that the calling thread has open. One thread.
 */
final class EventTable {
    private static final String TARGET =
            """
            event (recorded_at, partition, pseq, stream, stream_kind, sequence, type, account_id, actor_kind, actor_id,
                   correlation_id, data)
            """;
    private static final int COLUMNS = 12;

    private final BinaryCopy copy;
    private final BinaryRows rows = new BinaryRows();

    EventTable(DataSource dataSource) {
        this.copy = new BinaryCopy(dataSource);
    }

    /**
     * @param owners of all the tokens in the events
     */
    void append(List<ReceivedEvent> events, Map<TokenId, AccountId> owners) {
        rows.begin();
        events.forEach(event -> add(event.stored(), owners));
        rows.end();
        copy.into(TARGET, rows);
    }

    private void add(StoredEvent event, Map<TokenId, AccountId> owners) {
        rows.beginRow(COLUMNS);
        rows.putInstant(event.recordedAt());
        rows.putInt(event.position().partition());
        rows.putLong(event.position().pseq());
        rows.putUuid(event.stream().uuid());
        rows.putShort(kind(event));
        rows.putLong(event.sequence());
        rows.putBytes(event.type().ceType().getBytes(UTF_8));
        rows.putUuid(account(event, owners));
        rows.putBytes(event.actor().kind().text().getBytes(UTF_8));
        rows.putBytes(event.actor().id().getBytes(UTF_8));
        rows.putBytes(event.correlationId().getBytes(UTF_8));
        rows.putBytes(event.payload());
    }

    private static short kind(StoredEvent event) {
        return switch (event.stream()) {
            case TokenId _ -> 0;
            case AccountId _ -> 1;
            case CatalogId _ -> 2;
        };
    }

    private static @Nullable UUID account(StoredEvent event, Map<TokenId, AccountId> owners) {
        return switch (event.stream()) {
            case TokenId token -> {
                AccountId owner = owners.get(token);
                if (owner == null) {
                    throw new IllegalStateException("no owner of " + token);
                }
                yield owner.uuid();
            }
            case AccountId account -> account.uuid();
            case CatalogId _ -> null;
        };
    }
}
