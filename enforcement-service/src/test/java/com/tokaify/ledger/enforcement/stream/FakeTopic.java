package com.tokaify.ledger.enforcement.stream;

import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/** The topic of events with one partition, whose records a test may write and lose. */
final class FakeTopic {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.EVENTS, 0);

    private final List<StoredEvent> log = new CopyOnWriteArrayList<>();

    private final AtomicLong dropped = new AtomicLong(-1);
    private final AtomicLong firstRead = new AtomicLong(Long.MAX_VALUE);

    void append(StoredEvent event) {
        log.add(event);
    }

    /** As a broker that was restored from an old copy. */
    void loseAfter(int records) {
        log.subList(records, log.size()).clear();
    }

    /** The record that comes next does not arrive at the first attempt, but the one behind it. */
    void dropTheNextOnce() {
        dropped.set(log.size());
    }

    /** The lowest offset anybody has read since this was asked before. */
    long firstRead() {
        return firstRead.getAndSet(Long.MAX_VALUE);
    }

    MockConsumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer =
                new MockConsumer<>("none") {
                    @Override
                    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                        long position = position(PARTITION);
                        for (long at = position; at < log.size(); at++) {
                            firstRead.accumulateAndGet(at, Math::min);
                            if (at != dropped.get()) {
                                addRecord(received(log.get((int) at), at));
                            } else if (at + 1 == log.size()) {
                                break;
                            } else {
                                dropped.set(-1);
                            }
                        }
                        return super.poll(timeout);
                    }

                    @Override
                    public synchronized Map<TopicPartition, Long> endOffsets(
                            Collection<TopicPartition> partitions) {
                        return Map.of(PARTITION, (long) log.size());
                    }
                };
        consumer.updatePartitions(
                Topics.EVENTS, List.of(new PartitionInfo(Topics.EVENTS, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        return consumer;
    }

    static ConsumerRecord<byte[], byte[]> received(StoredEvent event, long offset) {
        ProducerRecord<byte[], byte[]> sent = EventRecords.write(event);
        return new ConsumerRecord<>(
                sent.topic(),
                PARTITION.partition(),
                offset,
                sent.timestamp(),
                TimestampType.CREATE_TIME,
                sent.key().length,
                sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
