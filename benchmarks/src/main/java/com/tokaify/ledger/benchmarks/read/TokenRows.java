package com.tokaify.ledger.benchmarks.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** The rows of the tables {@code token}, {@code token_use} and {@code token_owner}. */
final class TokenRows {
    /** {@code -infinity} to PostgreSQL. */
    private static final long NEVER = Long.MIN_VALUE;

    private final LedgerYear year;
    private final Connection connection;
    private final List<TokenRow> tokens = new ArrayList<>();

    TokenRows(LedgerYear year, Connection connection) {
        this.year = year;
        this.connection = connection;
    }

    void add(Happening happening, TokenEvent event) {
        if (event instanceof TokenCreated created) {
            tokens.add(new TokenRow(created, happening.stored().recordedAt()));
        } else {
            tokens.get(happening.token()).evolve(happening.stored(), event);
        }
    }

    TokenRow get(int token) {
        return tokens.get(token);
    }

    void end() throws SQLException, IOException {
        try (PGCopyOutputStream lines =
                new PGCopyOutputStream(
                        connection.unwrap(PGConnection.class),
                        "copy token (" + TokenRow.COLUMNS + ") from stdin")) {
            for (int token = 0; token < tokens.size(); token++) {
                lines.write(tokens.get(token).line(id(token)).getBytes(UTF_8));
            }
        }
        TableRows uses =
                new TableRows(
                        connection,
                        "token_use",
                        "token_id, account_id, used_at, used_total, used_percent");
        TableRows owners = new TableRows(connection, "token_owner", "token_id, account_id");
        for (int token = 0; token < tokens.size(); token++) {
            TokenRow each = tokens.get(token);
            BinaryRows use = uses.next();
            use.putUuid(id(token));
            use.putUuid(each.accountId().uuid());
            Instant usedAt = each.usedAt();
            if (usedAt == null) {
                use.putLong(NEVER);
            } else {
                use.putInstant(usedAt);
            }
            use.putLong(each.total());
            use.putShort(each.usedPercent());
            BinaryRows owner = owners.next();
            owner.putUuid(id(token));
            owner.putUuid(each.accountId().uuid());
        }
        uses.flush();
        owners.flush();
    }

    private UUID id(int token) {
        return year.token(token).uuid();
    }
}
