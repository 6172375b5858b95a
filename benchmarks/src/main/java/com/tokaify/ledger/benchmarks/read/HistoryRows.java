package com.tokaify.ledger.benchmarks.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.sql.Connection;
import java.sql.SQLException;

/** The rows of the table {@code event}. */
final class HistoryRows {
    private static final short OF_TOKEN = 0;
    private static final short OF_ACCOUNT = 1;

    private final LedgerYear year;
    private final MonthTables events;

    HistoryRows(LedgerYear year, Connection connection) {
        this.year = year;
        this.events =
                new MonthTables(
                        connection,
                        "event",
                        "recorded_at, partition, pseq, stream, stream_kind, sequence, type, account_id, actor_kind,"
                                + " actor_id, correlation_id, data");
    }

    void add(Happening happening) throws SQLException {
        StoredEvent stored = happening.stored();
        BinaryRows row = events.next(stored.recordedAt());
        row.putInstant(stored.recordedAt());
        row.putInt(stored.position().partition());
        row.putLong(stored.position().pseq());
        row.putUuid(stored.stream().uuid());
        row.putShort(happening.isOfAccount() ? OF_ACCOUNT : OF_TOKEN);
        row.putLong(stored.sequence());
        put(row, stored.type().ceType());
        row.putUuid(year.account(happening.account()).uuid());
        put(row, stored.actor().kind().text());
        put(row, stored.actor().id());
        put(row, stored.correlationId());
        row.putBytes(stored.payload());
    }

    private static void put(BinaryRows row, String text) {
        row.putBytes(text.getBytes(UTF_8));
    }

    void end() throws SQLException {
        events.attach();
    }

    long written() {
        return events.written();
    }
}
