package com.tokaify.ledger.command.bus;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.hash;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.bus.CommandResult.Refused;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long streams are loaded from their last snapshot. */
class SnapshotIT {
    private static final TokenId TOKEN = tokenId(1);

    /** One creation and this many consumptions: more than two snapshots' worth. */
    private static final int CONSUMPTIONS = 12;

    private final LedgerDatabase database = LedgerInfrastructure.get().newLedgerDatabase();

    @BeforeEach
    void aLongStream() throws Exception {
        try (LedgerInstance instance = new LedgerInstance(database)) {
            instance.send(create(TOKEN));
            for (int i = 1; i <= CONSUMPTIONS; i++) {
                assertThat(instance.send(consume("u" + i, 1))).isInstanceOf(Committed.class);
            }
        }
    }

    /**
     * A load begins at the snapshot: the events before it are not read, and could be gone. What is
     * decided then is what a replay of everything decides.
     */
    @Test
    void aLoadBeginsAtTheLastSnapshot() throws Exception {
        long snapshot = number("select sequence from ledger.snapshot");
        assertThat(snapshot).isBetween(CONSUMPTIONS - 5L, (long) CONSUMPTIONS);
        execute("delete from ledger.event where sequence < " + snapshot);
        try (LedgerInstance instance = new LedgerInstance(database)) {
            assertThat(instance.send(consume("v1", 88)))
                    .isInstanceOfSatisfying(
                            Committed.class,
                            committed -> {
                                assertThat(committed.answer())
                                        .isEqualTo(new Consumption(TOKEN, "v1", 88, 100, 0L));
                                assertThat(committed.sequence()).isEqualTo(CONSUMPTIONS + 2);
                            });
            assertThat(instance.send(consume("v2", 1)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.refusal())
                                            .isEqualTo(Refusal.QUOTA_EXHAUSTED));
        }
    }

    /**
     * Tokens that one batch needs and nobody remembers are read together, those with a snapshot,
     * those without and those that do not exist alike.
     */
    @Test
    void aBatchReadsAllItsTokensTogether() throws Exception {
        try (LedgerInstance instance = new LedgerInstance(database)) {
            instance.send(create(tokenId(2)));
            instance.send(consume(tokenId(2), "u1", 7));
        }
        try (LedgerInstance instance = new LedgerInstance(database, 1, 100)) {
            List<ConsumeQuota> commands =
                    List.of(
                            consume(TOKEN, "v1", 1),
                            consume(tokenId(2), "v1", 2),
                            consume(tokenId(3), "v1", 3),
                            consume(TOKEN, "v2", 4),
                            consume(tokenId(2), "v2", 5));
            List<CommandResult<?>> results =
                    instance.bus().submit(0, commands, WorkWrites.NONE).get(30, TimeUnit.SECONDS);
            assertThat(results)
                    .extracting(result ->
                            switch (result) {
                                case Committed<?> committed ->
                                        ((Consumption) committed.answer()).total();
                                case Refused<?> refused -> refused.refusal();
                            })
                    .containsExactly(13L, 9L, Refusal.TOKEN_NOT_FOUND, 17L, 14L);
        }
    }

    /** The condition of a command is judged alike by an instance that began at a snapshot. */
    @Test
    void aConditionHoldsOverASnapshot() throws Exception {
        try (LedgerInstance instance = new LedgerInstance(database)) {
            assertThat(instance.send(disableIfUnchangedSince(CONSUMPTIONS + 1L)))
                    .as("a sequence that is not there yet")
                    .isInstanceOf(Refused.class);
            assertThat(instance.send(disableIfUnchangedSince(0)))
                    .as("nothing but usage since the creation")
                    .isInstanceOf(Committed.class);
            assertThat(instance.send(disableIfUnchangedSince(0)))
                    .as("it was disabled since")
                    .isInstanceOf(Refused.class);
        }
    }

    /** A snapshot of a format nobody here knows is passed over: the events say the same. */
    @Test
    void aSnapshotOfAnUnknownFormatIsPassedOver() throws Exception {
        execute("update ledger.snapshot set format = 99, state = 'x'");
        try (LedgerInstance instance = new LedgerInstance(database)) {
            assertThat(instance.send(consume("v1", 1)))
                    .isInstanceOfSatisfying(
                            Committed.class,
                            committed ->
                                    assertThat(committed.answer())
                                            .isEqualTo(new Consumption(TOKEN, "v1", 1, 13, 87L)));
        }
    }

    private static CreateToken create(TokenId token) {
        return new CreateToken(
                token, ACCOUNT, "ci", "default", limit(100L), hash(token), MASK, CONTEXT);
    }

    private static ConsumeQuota consume(String usageId, long amount) {
        return consume(TOKEN, usageId, amount);
    }

    private static ConsumeQuota consume(TokenId token, String usageId, long amount) {
        return new ConsumeQuota(token, usageId, amount, null, Booking.STRICT, CONTEXT);
    }

    private static DisableToken disableIfUnchangedSince(long sequence) {
        return new DisableToken(TOKEN, null, CONTEXT.onCondition(sequence));
    }

    private long number(String query) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
