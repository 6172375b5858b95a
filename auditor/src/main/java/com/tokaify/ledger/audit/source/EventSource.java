package com.tokaify.ledger.audit.source;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.Partitioning;

/**
 * Events of a whole ledger, up to where they ended when the source was opened. Partitions may be
 * read by several threads at once, each by one.
 */
public interface EventSource extends AutoCloseable {

    /** Takes events one after the other. */
    @FunctionalInterface
    interface Sink {
        void accept(LoggedEvent event);
    }

    /** For people: {@code the event store}, {@code ledger.events}, or a file's name. */
    String name();

    int partitions();

    /** How many partitions are best read at a time: as many as there are cores to read them. */
    default int readers() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The last position of a partition when the source was opened; 0 where it is empty. */
    long end(int partition);

    /**
     * Gives the events of a partition to the sink, in the order they lie in, from the first one
     * behind a position to {@link #end}.
     *
     * @throws SourceFailed where they cannot be read to the end
     */
    void read(int partition, long after, Sink sink);

    /**
     * Gives the events of one stream to the sink, in their order.
     *
     * @throws SourceFailed where they cannot be read to the end
     */
    default void readStream(String stream, Sink sink) {
        int partition = new Partitioning(partitions()).partitionOf(StreamId.parse(stream));
        read(
                partition,
                0,
                event -> {
                    if (event.stream().equals(stream)) {
                        sink.accept(event);
                    }
                });
    }

    @Override
    void close();
}
