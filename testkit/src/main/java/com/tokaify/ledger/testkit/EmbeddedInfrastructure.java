package com.tokaify.ledger.testkit;

import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.LocalKafka;
import com.tokaify.ledger.local.LocalPostgres;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.local.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL and Kafka as child processes of the test's JVM, on free ports, with data in a
 * temporary folder.
 */
final class EmbeddedInfrastructure extends LedgerInfrastructure {
    private static final String KAFKA_HEAP = "512m";

    private final LocalFolder folder;
    private final int postgresPort = LoopbackPort.free();
    private final int kafkaPort = LoopbackPort.free();

    private @Nullable LocalPostgres postgres;
    private @Nullable LocalKafka kafka;
    private boolean ended;

    EmbeddedInfrastructure() {
        try {
            folder = TemporaryFolders.create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-of-test-infrastructure"));
    }

    @Override
    public synchronized PostgresServer postgres() {
        return startedPostgres().server();
    }

    @Override
    public synchronized String kafkaBootstrap() {
        return startedKafka().bootstrap();
    }

    @Override
    public synchronized void killAndRestartPostgres() {
        try {
            startedPostgres().process().kill();
            postgres = null;
            startedPostgres();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public synchronized void killKafka() {
        try {
            startedKafka().process().kill();
            kafka = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public synchronized void restartKafka() {
        startedKafka();
    }

    private LocalPostgres startedPostgres() {
        LocalPostgres running = postgres;
        if (running == null) {
            requireNotEnded();
            try {
                running = LocalPostgres.start(folder, postgresPort);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            postgres = running;
        }
        return running;
    }

    private LocalKafka startedKafka() {
        LocalKafka running = kafka;
        if (running == null) {
            requireNotEnded();
            try {
                running = LocalKafka.start(folder, kafkaPort, KAFKA_HEAP);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            kafka = running;
        }
        return running;
    }

    /** A thread left over by a test must not start anew what the shutdown hook has just ended. */
    private void requireNotEnded() {
        if (ended) {
            throw new IllegalStateException("the JVM is ending");
        }
    }

    private synchronized void end() {
        ended = true;
        try {
            // The data goes with the folder: there is nothing to write in good order.
            if (kafka != null) {
                kafka.process().kill();
            }
            if (postgres != null) {
                postgres.stop();
            }
            TemporaryFolders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }
}
