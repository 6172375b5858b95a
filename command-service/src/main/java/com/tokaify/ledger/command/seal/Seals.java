package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.command.settings.KafkaSettings;
import com.tokaify.ledger.command.settings.SealSettings;
import java.time.InstantSource;
import javax.sql.DataSource;

/** Sealing and publishing as one thing that is started and ended; the threads are its parts'. */
public final class Seals implements AutoCloseable {
    private final SealPublisher publisher;
    private final Sealer sealer;

    private Seals(SealPublisher publisher, Sealer sealer) {
        this.publisher = publisher;
        this.sealer = sealer;
    }

    /**
     * @param dataSource gives connections of the role {@code ledger_sealer}; two are kept
     */
    static Seals of(
            DataSource dataSource,
            KafkaSettings kafka,
            int partitions,
            SealSettings settings,
            SealProgress progress,
            InstantSource clock) {
        SealPublisher publisher = new SealPublisher(dataSource, kafka, progress);
        SealKeyFile keyFile =
                new SealKeyFile(settings.origin(), settings.keyFile(), settings.verifierKeyFile());
        Sealer sealer =
                new Sealer(
                        dataSource,
                        keyFile,
                        partitions,
                        settings,
                        progress,
                        publisher::wake,
                        clock);
        return new Seals(publisher, sealer);
    }

    public void start() {
        publisher.start();
        sealer.start();
    }

    @Override
    public void close() {
        sealer.close();
        publisher.close();
    }
}
