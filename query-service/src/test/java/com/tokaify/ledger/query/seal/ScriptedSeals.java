package com.tokaify.ledger.query.seal;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRecords;
import com.tokaify.ledger.events.seal.SealRun;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.seals.Checkpoint;
import com.tokaify.ledger.seals.EntryBuffer;
import com.tokaify.ledger.seals.Hash;
import com.tokaify.ledger.seals.RawEvent;
import com.tokaify.ledger.seals.RightEdge;
import com.tokaify.ledger.seals.SignerKey;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The writing end of {@code ledger.seals}, and what it has written. */
public final class ScriptedSeals implements AutoCloseable {
    public static final SignerKey KEY = SignerKey.generate("log.example");

    private final RightEdge edge = new RightEdge();
    private final EntryBuffer entries = new EntryBuffer();
    private final Map<StreamId, Hash> last = new HashMap<>();
    private final List<byte[]> written = new ArrayList<>();
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                    Map.of("bootstrap.servers", LedgerInfrastructure.get().kafkaBootstrap()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());

    /** The entries of all leaves so far. */
    List<byte[]> entries() {
        return written;
    }

    Checkpoint checkpoint() {
        return new Checkpoint("log.example", edge.size(), edge.root());
    }

    /** Events that follow each other in one partition, as one seal. */
    public Seal publish(List<RecordedEvent> run) {
        Seal seal = seal(run, KEY);
        publish(seal);
        return seal;
    }

    /** A seal that nobody is told of yet. */
    Seal seal(List<RecordedEvent> run, SignerKey key) {
        byte[] hashes = new byte[run.size() * Hash.BYTES];
        long firstLeaf = edge.size();
        for (int i = 0; i < run.size(); i++) {
            RawEvent event = RawEvent.of(ScriptedLedger.stored(run.get(i)));
            Hash previous = last.get(run.get(i).stream());
            written.add(entries.entry(event, previous));
            Hash leaf = entries.leaf(event, previous);
            last.put(run.get(i).stream(), leaf);
            leaf.putTo(hashes, i);
            edge.append(leaf);
        }
        return new Seal(
                edge.size(),
                key.sign(checkpoint().text()).toString(),
                firstLeaf,
                List.of(
                        new SealRun(
                                run.getFirst().position().partition(),
                                run.getFirst().position().pseq(),
                                run.size())),
                hashes);
    }

    void publish(Seal seal) {
        try {
            producer.send(SealRecords.write(seal, Instant.parse("2026-11-23T10:00:00Z"))).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("publishing a seal", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
