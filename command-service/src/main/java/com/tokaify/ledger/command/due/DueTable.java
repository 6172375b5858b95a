package com.tokaify.ledger.command.due;

import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.events.id.TokenId;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ledger.due}. */
final class DueTable {
    private static final String NEXT =
            "select token, kind, at from ledger.due where at <= ? order by at limit ?";

    private static final String PUT =
            """
            insert into ledger.due (token, kind, at) values (?, ?, ?)
            on conflict (token, kind) do update set at = excluded.at
            """;

    private static final String REMOVE = "delete from ledger.due where token = ? and kind = ?";

    /** Not one that was put off meanwhile. */
    private static final String DONE =
            "delete from ledger.due where token = ? and kind = ? and at <= ?";

    private final JdbcClient jdbc;

    DueTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is due, the longest overdue first. */
    List<Due> next(Instant now, int limit) {
        return jdbc.sql(NEXT)
                .param(now.atOffset(ZoneOffset.UTC))
                .param(limit)
                .query((row, _) ->
                        new Due(
                                new TokenId(row.getObject("token", UUID.class)),
                                DueKind.ofCode(row.getShort("kind")),
                                row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    static SideWrite put(TokenId token, DueKind kind, Instant at) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PUT)) {
                statement.setObject(1, token.uuid());
                statement.setShort(2, kind.code());
                statement.setObject(3, at.atOffset(ZoneOffset.UTC));
                statement.executeUpdate();
            }
        };
    }

    static SideWrite remove(TokenId token, DueKind kind) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
                statement.setObject(1, token.uuid());
                statement.setShort(2, kind.code());
                statement.executeUpdate();
            }
        };
    }

    static SideWrite done(Due due) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DONE)) {
                statement.setObject(1, due.token().uuid());
                statement.setShort(2, due.kind().code());
                statement.setObject(3, due.at().atOffset(ZoneOffset.UTC));
                statement.executeUpdate();
            }
        };
    }
}
