package com.tokaify.ledger.audit.sample;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An account, two tokens and a catalog, long ago; every id and every time is fixed. */
public record SampleLedger(List<LoggedEvent> events) implements EventSource {
    public static final int PARTITIONS = 4;
    public static final AccountId ACCOUNT = AccountId.parse("acc_01karc8qkfe008000000000001");
    public static final TokenId CHAT = TokenId.parse("tok_01karc8qkff8drrb9y9xd6pz4d");
    public static final TokenId GONE = TokenId.parse("tok_01karc8qkff8drrb9y9xd6pz4h");

    private static final Partitioning PARTITIONING = new Partitioning(PARTITIONS);
    private static final Instant BEGIN = Instant.parse("2026-11-01T08:00:00.000001Z");

    public static SampleLedger standard() {
        Recording recording = new Recording();
        recording.add(CatalogId.CATALOG, new GroupDefined("default", "Default group"));
        recording.add(CatalogId.CATALOG, new ModelListed("gpt-4o"));
        recording.add(ACCOUNT, new AccountOpened("Acme & Söhne"));
        recording.add(ACCOUNT, new BalanceCredited(5_000_000, "invoice 4711"));
        recording.add(CHAT, created("chat"));
        recording.add(GONE, created("gone"));
        long total = 0;
        for (int i = 1; i <= 5; i++) {
            total += 100;
            recording.add(CHAT, new QuotaConsumed("call-" + i, 100, "gpt-4o", total, false));
            recording.add(GONE, new QuotaConsumed("gone-" + i, 100, null, total, false));
        }
        recording.add(CHAT, new TokenRenamed("chat-prod"));
        recording.add(GONE, new TokenDisabled("leaked"));
        recording.add(ACCOUNT, new BalanceCredited(1, "invoice 4712"));
        recording.add(GONE, new TokenEnabled());
        recording.add(GONE, new TokenDeleted());
        recording.add(CHAT, new QuotaConsumed("call-6", 100, null, total + 100, false));
        recording.add(CHAT, new TokenRenamed("chat"));
        return new SampleLedger(List.copyOf(recording.events));
    }

    private static TokenCreated created(String name) {
        return new TokenCreated(
                ACCOUNT,
                name,
                "default",
                Restrictions.NONE,
                LookupHash.parse("MRAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuwQ"),
                "sk-tkfA**********wxyz");
    }

    private static final class Recording {
        private final List<LoggedEvent> events = new ArrayList<>();
        private final Map<StreamId, Long> sequences = new HashMap<>();
        private final long[] heads = new long[PARTITIONS];

        void add(StreamId stream, LedgerEvent event) {
            int partition = PARTITIONING.partitionOf(stream);
            events.add(
                    new LoggedEvent(
                            partition,
                            ++heads[partition],
                            stream.toString(),
                            sequences.merge(stream, 1L, Long::sum) - 1,
                            EventType.of(event).ceType(),
                            BEGIN.plusSeconds(events.size()).toString(),
                            "operator:usr_01",
                            "request-" + events.size(),
                            EventCodec.encode(event)));
        }
    }

    public LoggedEvent event(StreamId stream, long sequence) {
        return events.stream()
                .filter(each -> each.id().equals(stream + ":" + sequence))
                .findFirst()
                .orElseThrow();
    }

    /** The same with one more event at the end of a stream. */
    public SampleLedger and(StreamId stream, LedgerEvent event, long sequence) {
        int partition = PARTITIONING.partitionOf(stream);
        LoggedEvent last = events.getLast();
        List<LoggedEvent> more = new ArrayList<>(events);
        more.add(
                new LoggedEvent(
                        partition,
                        end(partition) + 1,
                        stream.toString(),
                        sequence,
                        EventType.of(event).ceType(),
                        last.recordedAt(),
                        last.actor(),
                        last.correlationId(),
                        EventCodec.encode(event)));
        return new SampleLedger(List.copyOf(more));
    }

    /** The same with another payload in one event. */
    public SampleLedger withPayload(StreamId stream, long sequence, LedgerEvent payload) {
        return with(stream, sequence, each -> Forged.payload(each, EventCodec.encode(payload)));
    }

    public SampleLedger with(StreamId stream, long sequence, UnaryOperator<LoggedEvent> change) {
        LoggedEvent changed = event(stream, sequence);
        return new SampleLedger(
                events.stream()
                        .map(each -> each.equals(changed) ? change.apply(each) : each)
                        .toList());
    }

    @Override
    public String name() {
        return "the sample";
    }

    @Override
    public int partitions() {
        return PARTITIONS;
    }

    @Override
    public long end(int partition) {
        return events.stream()
                .filter(each -> each.partition() == partition)
                .mapToLong(LoggedEvent::pseq)
                .max()
                .orElse(0);
    }

    @Override
    public void read(int partition, long after, Sink sink) {
        events.stream()
                .filter(each -> each.partition() == partition && each.pseq() > after)
                .forEach(sink::accept);
    }

    @Override
    public void close() {
        // It lies in memory.
    }
}
