package com.tokaify.ledger.enforcement.stream;

import com.tokaify.ledger.enforcement.view.Anchor;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.kafka.EventRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of records on all cores while much is to be read: that is most of the work, and no
 * event needs another for it. Folding stays one thread's, in the order of each partition: what is
 * given back is in that order, and an event that cannot be read is where it stood.
 */
final class Decoding implements AutoCloseable {
    private static final int PIECE = 250;

    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    Runtime.getRuntime().availableProcessors(),
                    Thread.ofPlatform().daemon().name("ledger-view-decoder-", 0).factory());

    /**
     * Records of one partition that follow on each other, as events.
     *
     * @param first where the first of them lies
     * @param last where the last of them lies
     * @param failure why the one behind these cannot be read; null where all can
     */
    record Piece(
            int partition,
            List<RecordedEvent> events,
            Anchor first,
            Anchor last,
            @Nullable RuntimeException failure) {}

    /** In order of each partition; each is there at some time. */
    List<Future<Piece>> decode(ConsumerRecords<byte[], byte[]> records) {
        List<Future<Piece>> pieces = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> all = records.records(partition);
            for (int from = 0; from < all.size(); from += PIECE) {
                List<ConsumerRecord<byte[], byte[]>> some =
                        all.subList(from, Math.min(from + PIECE, all.size()));
                pieces.add(threads.submit(() -> piece(partition.partition(), some)));
            }
        }
        return pieces;
    }

    /** On the caller's thread, where there is little to read. */
    static Piece piece(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
        List<RecordedEvent> events = new ArrayList<>(records.size());
        Anchor first = Anchor.NONE;
        Anchor last = Anchor.NONE;
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            try {
                StoredEvent stored = EventRecords.read(record);
                events.add(EventCodec.decode(stored));
                if (i == 0) {
                    first = new Anchor(record.offset(), stored.id());
                }
                if (i == records.size() - 1) {
                    last = new Anchor(record.offset(), stored.id());
                }
            } catch (RuntimeException e) {
                return new Piece(partition, events, first, last, e);
            }
        }
        return new Piece(partition, events, first, last, null);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
