package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.audit.source.KafkaSource;
import com.tokaify.ledger.audit.source.StoreSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where events are read from: an option of every command that reads one source. */
final class SourceChoice {
    @ArgGroup private @Nullable Choice choice;

    /** One of them. */
    static final class Choice {
        @Option(names = "--from-store", description = "Read the event store, as is done anyway.")
        private boolean store;

        @Option(names = "--from-kafka", description = "Read ledger.events on Kafka.")
        private boolean kafka;

        @Option(
                names = "--from-file",
                paramLabel = "FILE",
                description = "Read a whole NDJSON export of query-service, or an evidence pack.")
        private @Nullable Path file;
    }

    EventSource open(Connections connections) {
        Choice chosen = choice == null ? new Choice() : choice;
        if (chosen.file != null) {
            return EventFile.open(chosen.file);
        }
        return chosen.store || !chosen.kafka
                ? StoreSource.open(connections::openDatabase)
                : KafkaSource.open(connections.kafka());
    }
}
