package com.tokaify.ledger.events.kafka;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.codec.GoldenEvent;
import com.tokaify.ledger.events.codec.GoldenFile;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRecords;
import com.tokaify.ledger.events.seal.SealRun;
import com.tokaify.ledger.events.seal.SealVectors;
import com.tokaify.ledger.events.usage.UsageRecords;
import com.tokaify.ledger.events.usage.UsageReport;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.JsonNode;

/** The examples whose Kafka records golden files fix: of each family of events, usage, a seal. */
public final class GoldenRecord {
    public static final Partitioning PARTITIONING =
            new Partitioning(Partitioning.DEFAULT_PARTITIONS);
    public static final TokenId TOKEN = TokenId.parse("tok_01karc8qkff8drrb9y9xd6pz4d");

    /** Of an event that is traced. */
    public static final TraceParent CAUSE =
            new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");

    private static final AccountId ACCOUNT = AccountId.parse("acc_01karc8qkfe008000000000001");

    private GoldenRecord() {}

    public static List<StoredEvent> events() {
        return List.of(
                event(
                        TOKEN,
                        EventType.TOKEN_CREATED,
                        0,
                        1,
                        "2026-11-23T10:32:00Z",
                        "owner:0f9d2c7e"),
                event(
                        TOKEN,
                        EventType.QUOTA_CONSUMED,
                        17,
                        123_456_789_012L,
                        "2026-11-23T10:32:07.123456Z",
                        "gateway:edge-1"),
                event(
                        ACCOUNT,
                        EventType.BALANCE_CREDITED,
                        1,
                        42,
                        "2026-11-23T10:31:59.5Z",
                        "operator:finance@hq/2"),
                event(
                        CatalogId.CATALOG,
                        EventType.GROUP_DEFINED,
                        0,
                        7,
                        "2026-11-23T00:00:00.000001Z",
                        "system:bootstrap"));
    }

    public static UsageReport usage() {
        return new UsageReport(
                TOKEN,
                "req-7f3a",
                1_250,
                "gpt-4o",
                Instant.parse("2026-11-23T10:32:06.987Z"),
                Actor.parse("gateway:edge-1"));
    }

    public static GoldenFile file(StoredEvent event) {
        return GoldenFile.named("records/" + event.type().ceType() + ".txt");
    }

    public static GoldenFile usageFile() {
        return GoldenFile.named("records/" + UsageRecords.CE_TYPE + ".txt");
    }

    public static ProducerRecord<byte[], byte[]> usageRecord() {
        return UsageRecords.write(usage(), PARTITIONING);
    }

    /** The second seal of the contract's test vectors, were it made after three leaves. */
    public static Seal seal() {
        JsonNode vectors = SealVectors.JSON;
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        vectors.path("events")
                .valueStream()
                .skip(3)
                .map(event -> Base64.getDecoder().decode(event.path("leafHash").asString()))
                .forEach(hashes::writeBytes);
        return new Seal(
                7,
                vectors.path("checkpoint").asString(),
                3,
                List.of(new SealRun(49, 7, 3), new SealRun(17, 2, 1)),
                hashes.toByteArray());
    }

    public static GoldenFile sealFile() {
        return GoldenFile.named("records/" + SealRecords.CE_TYPE + ".txt");
    }

    public static ProducerRecord<byte[], byte[]> sealRecord() {
        return SealRecords.write(seal(), Instant.parse("2026-11-23T10:32:10.25Z"));
    }

    private static StoredEvent event(
            StreamId stream,
            EventType type,
            long sequence,
            long pseq,
            String recordedAt,
            String actor) {
        return new StoredEvent(
                new Position(PARTITIONING.partitionOf(stream), pseq),
                stream,
                sequence,
                type,
                Instant.parse(recordedAt),
                Actor.parse(actor),
                "0193-7c4e:" + sequence,
                EventCodec.encode(example(type)));
    }

    private static LedgerEvent example(EventType type) {
        return GoldenEvent.all().stream()
                .filter(example -> example.type() == type)
                .findFirst()
                .orElseThrow()
                .event();
    }
}
