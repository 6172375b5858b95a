package com.tokaify.ledger.query.audit;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.sql.Within;
import com.tokaify.ledger.service.access.Scope;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code event} as auditors read it. Written by the history's projection. */
public final class AuditTable {
    /** The columns {@link #row} reads, in its order. */
    public static final String COLUMNS =
            "recorded_at, partition, pseq, stream, stream_kind, sequence, type, account_id, actor_kind, actor_id,"
                    + " correlation_id, data";

    /** The condition of the partial indexes, literally, or they are not used. */
    public static final String NO_CONSUMPTION =
            "type <> '" + EventType.QUOTA_CONSUMED.ceType() + "'";

    /** Likewise. Holds of everybody else whatever they did. */
    private static final String NOT_USAGE_OF_GATEWAYS =
            "(" + NO_CONSUMPTION + " OR actor_kind <> '" + Actor.Kind.GATEWAY.text() + "')";

    private static final short TOKEN = 0;
    private static final short ACCOUNT = 1;
    private static final short CATALOG = 2;

    private static final int ROWS_AT_A_TIME = 1000;

    private final JdbcClient jdbc;

    public AuditTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A statement with its values. */
    record Select(String sql, Map<String, Object> values) {}

    AuditPage page(AuditQuery query, Scope scope) {
        Select select = select(query, scope);
        return AuditPage.of(
                jdbc.sql(select.sql())
                        .params(select.values())
                        .query((row, _) -> told(row(row), scope))
                        .list(),
                query.limit());
    }

    /** One more event than the page has, which tells whether there are more. */
    static Select select(AuditQuery query, Scope scope) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        Within.add(scope, conditions, values);
        restrict(query.filter(), conditions, values);
        values.put("limit", query.limit() + 1);
        AuditCursor after = query.after();
        if (after != null) {
            conditions.add(query.order().afterCursor());
            values.put("cursorTime", Columns.timestamp(after.recordedAt()));
            values.put("cursorPartition", after.position().partition());
            values.put("cursorPseq", after.position().pseq());
        }
        return new Select(sql(conditions, query.order()) + " LIMIT :limit", values);
    }

    /**
     * Hands over every event there is, a few at a time; within a transaction, without which the
     * driver would fetch them all at once. What is recorded meanwhile is not among them: one
     * statement sees one state.
     *
     * @param atMost how long PostgreSQL may take for one step
     */
    void forEach(
            AuditFilter filter,
            Scope scope,
            AuditOrder order,
            Duration atMost,
            Consumer<AuditRow> receiver) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        Within.add(scope, conditions, values);
        restrict(filter, conditions, values);
        jdbc.sql(sql(conditions, order))
                .withFetchSize(ROWS_AT_A_TIME)
                .withQueryTimeout(Math.toIntExact(atMost.toSeconds()))
                .params(values)
                .query(row -> {
                    receiver.accept(told(row(row), scope));
                });
    }

    /** Those who may know of every account keep the ledger, and see all of it. */
    private static AuditRow told(AuditRow row, Scope scope) {
        return switch (scope) {
            case Scope.EveryAccount _ -> row;
            case Scope.OneAccount _ -> row.toldToOwners();
        };
    }

    private static String sql(List<String> conditions, AuditOrder order) {
        return "SELECT "
                + COLUMNS
                + " FROM event"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY "
                + order.orderBy();
    }

    private static void restrict(
            AuditFilter filter, List<String> conditions, Map<String, Object> values) {
        ActorFilter actor = filter.actor();
        if (actor != null) {
            conditions.add("actor_kind = :actorKind");
            values.put("actorKind", actor.kind().text());
            if (actor.id() != null) {
                conditions.add("actor_id = :actorId");
                values.put("actorId", actor.id());
            }
            if (actor.kind() != Actor.Kind.GATEWAY) {
                conditions.add(NOT_USAGE_OF_GATEWAYS);
            }
        }
        Set<EventType> types = filter.types();
        if (types != null) {
            conditions.add("type = ANY (:types)");
            values.put("types", Columns.texts(types, EventType::ceType));
            if (filter.leavesOutConsumption()) {
                conditions.add(NO_CONSUMPTION);
            }
        }
        if (filter.tokenId() != null) {
            conditions.add("stream = :tokenId");
            values.put("tokenId", filter.tokenId().uuid());
        }
        if (filter.accountId() != null) {
            conditions.add("account_id = :accountId");
            values.put("accountId", filter.accountId().uuid());
        }
        if (filter.from() != null) {
            conditions.add("recorded_at >= :from");
            values.put("from", Columns.timestamp(filter.from()));
        }
        if (filter.to() != null) {
            conditions.add("recorded_at < :to");
            values.put("to", Columns.timestamp(filter.to()));
        }
    }

    /** A row of {@link #COLUMNS}, by number: looking up names is a fifth of an export. */
    public static AuditRow row(ResultSet row) throws SQLException {
        UUID account = row.getObject(8, UUID.class);
        return new AuditRow(
                new Position(row.getInt(2), row.getLong(3)),
                row.getObject(1, OffsetDateTime.class).toInstant(),
                stream(row.getObject(4, UUID.class), row.getShort(5)),
                row.getLong(6),
                row.getString(7),
                account == null ? null : new AccountId(account),
                row.getString(9) + ":" + row.getString(10),
                row.getString(11),
                oneLine(row.getBytes(12)));
    }

    private static StreamId stream(UUID uuid, short kind) {
        return switch (kind) {
            case TOKEN -> new TokenId(uuid);
            case ACCOUNT -> new AccountId(uuid);
            case CATALOG -> CatalogId.CATALOG;
            default -> throw new IllegalStateException("the table event has a stream_kind " + kind);
        };
    }

    /**
     * The ledger writes JSON without line breaks. Other writers may put them between its tokens,
     * nowhere else, and there a blank means the same; lines of an export and of a stream end with
     * them.
     */
    private static String oneLine(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).replace('\n', ' ').replace('\r', ' ');
    }
}
