package com.tokaify.ledger.enforcement;

import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stands in for command-service: records events with dense positions and sequences, as the event
 * store would.
 */
public final class TestLedger {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Partitioning partitioning;
    private final Map<StreamId, Long> sequences = new HashMap<>();
    private final Map<Integer, Long> positions = new HashMap<>();

    public TestLedger(int partitions) {
        this.partitioning = new Partitioning(partitions);
    }

    public StoredEvent record(StreamId stream, LedgerEvent event) {
        int partition = partitioning.partitionOf(stream);
        return new StoredEvent(
                new Position(partition, positions.merge(partition, 1L, Long::sum)),
                stream,
                sequences.merge(stream, 1L, Long::sum) - 1,
                EventType.of(event),
                NOW,
                Actor.system("test"),
                "test",
                EventCodec.encode(event));
    }

    /**
     * Makes the view ready and fresh, with one token in it: {@code token(1)} of {@code account(1)},
     * which has 1000 units. The token may use 100 of them, for {@code gpt-5} only and from
     * 203.0.113.0/24 only.
     */
    public void foldARestrictedToken(LocalView view, LookupHash hash) {
        view.apply(record(account(1), new BalanceCredited(1000, "invoice")));
        view.apply(
                record(
                        token(1),
                        created(
                                account(1),
                                new Restrictions(
                                        100L,
                                        List.of("gpt-5"),
                                        List.of(IpRange.parse("203.0.113.0/24")),
                                        null),
                                hash)));
        view.become(new ViewStatus.Ready());
        view.heard();
    }

    /** The newest event of the stream's partition. */
    public Position head(StreamId stream) {
        int partition = partitioning.partitionOf(stream);
        return new Position(partition, positions.getOrDefault(partition, 0L));
    }

    /** Loses the next event of the stream's partition, as a broken stream would. */
    public void lose(StreamId stream) {
        positions.merge(partitioning.partitionOf(stream), 1L, Long::sum);
    }

    public static TokenCreated created(
            AccountId account, Restrictions restrictions, LookupHash hash) {
        return new TokenCreated(account, "key", "default", restrictions, hash, "sk-tkfA**wxyz");
    }

    public static TokenId token(long number) {
        return new TokenId(new UUID(1, number));
    }

    public static AccountId account(long number) {
        return new AccountId(new UUID(2, number));
    }

    public static TokenSecret newSecret() {
        return TokenSecret.generate(new SecureRandom());
    }

    public static Pepper pepper(Path folder) {
        try {
            return Pepper.read(pepperFile(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path pepperFile(Path folder) {
        try {
            return Files.write(folder.resolve("pepper"), new byte[32]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
