package com.tokaify.ledger.benchmarks.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** The rows of accounts, and of what moved their balances: by entry and by day. */
final class AccountRows {
    private static final LocalDate POSTGRES_EPOCH = LocalDate.of(2000, 1, 1);

    /** An account so far. */
    private static final class Row {
        private final String name;
        private final Instant openedAt;
        private long credited;
        private long consumed;
        private long sequence;

        private Row(String name, Instant openedAt) {
            this.name = name;
            this.openedAt = openedAt;
        }
    }

    private final LedgerYear year;
    private final Connection connection;
    private final List<Row> accounts = new ArrayList<>();
    private final TableRows entries;
    private final TableRows days;
    private final Sums<Integer> moved;

    AccountRows(LedgerYear year, Connection connection) throws SQLException {
        this.year = year;
        this.connection = connection;
        this.entries =
                new TableRows(
                        connection,
                        "account_entry",
                        "account_id, recorded_at, sequence, kind, amount, note");
        this.days = new TableRows(connection, "account_day", "account_id, day, moved");
        this.moved =
                new Sums<>(Duration.ofDays(1), (at, account, _, units) -> day(account, at, units));
    }

    void add(Happening happening) throws SQLException {
        StoredEvent stored = happening.stored();
        switch (happening.event()) {
            case AccountOpened(String name) -> accounts.add(new Row(name, stored.recordedAt()));
            case BalanceCredited credit -> credit(happening.account(), stored, credit);
            default -> throw new IllegalStateException("there is no " + stored + " in the year");
        }
    }

    private void credit(int account, StoredEvent stored, BalanceCredited credit)
            throws SQLException {
        Row row = accounts.get(account);
        row.credited += credit.amount();
        row.sequence = stored.sequence();
        moved.add(stored.recordedAt(), account, credit.amount());
        BinaryRows entry = entries.next();
        entry.putUuid(id(account));
        entry.putInstant(stored.recordedAt());
        entry.putLong(stored.sequence());
        entry.putBytes("credit".getBytes(UTF_8));
        entry.putLong(credit.amount());
        entry.putBytes(credit.reference().getBytes(UTF_8));
    }

    void add(Happening happening, QuotaConsumed usage) throws SQLException {
        int account = happening.account();
        Instant at = happening.stored().recordedAt();
        accounts.get(account).consumed += usage.amount();
        moved.add(at, account, -usage.amount());
    }

    private void day(int account, Instant at, long units) throws SQLException {
        BinaryRows row = days.next();
        row.putUuid(id(account));
        LocalDate day = at.atOffset(ZoneOffset.UTC).toLocalDate();
        row.putInt(Math.toIntExact(ChronoUnit.DAYS.between(POSTGRES_EPOCH, day)));
        row.putLong(units);
    }

    private UUID id(int account) {
        return year.account(account).uuid();
    }

    void end() throws SQLException, IOException {
        moved.flush();
        entries.flush();
        days.flush();
        TableRows totals =
                new TableRows(
                        connection, "account_totals", "account_id, credited, adjusted, consumed");
        try (PGCopyOutputStream lines =
                new PGCopyOutputStream(
                        connection.unwrap(PGConnection.class),
                        "copy account (account_id, name, suspended, opened_at, sequence) from stdin")) {
            for (int account = 0; account < accounts.size(); account++) {
                Row row = accounts.get(account);
                lines.write(
                        "%s\t%s\tf\t%s\t%d\n"
                                .formatted(id(account), row.name, row.openedAt, row.sequence)
                                .getBytes(UTF_8));
            }
        }
        for (int account = 0; account < accounts.size(); account++) {
            BinaryRows row = totals.next();
            row.putUuid(id(account));
            row.putLong(accounts.get(account).credited);
            row.putLong(0);
            row.putLong(accounts.get(account).consumed);
        }
        totals.flush();
    }
}
