package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.command.settings.SealSettings;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.seals.SignerKey;
import com.tokaify.ledger.seals.Unsealable;
import com.tokaify.ledger.service.worker.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what is committed, every few seconds, off the write path: it reads what lies in the store
 * and commits nothing but seals, so that it can neither slow nor stop a command. Whatever fails
 * ends this incarnation, and the next begins with what is committed; what trying again cannot mend
 * ends sealing until an operator has looked.
 *
 * <p>Thread {@code ledger-sealer}. One instance at a time, by an advisory lock on the connection
 * that also commits the seals: who has lost the one has lost the other.
 */
final class Sealer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);
    private static final String LOCK = "ledger sealer";

    private final DataSource dataSource;
    private final SealKeyFile keyFile;
    private final int partitions;
    private final Duration every;
    private final StreamLeaves known;
    private final SealProgress progress;
    private final Runnable onSealed;
    private final InstantSource clock;
    private final Worker worker = new Worker("ledger-sealer", this::run);

    /**
     * @param dataSource gives connections of the role {@code ledger_sealer}; one is kept
     * @param onSealed run after each seal that is committed; wakes the publisher
     */
    Sealer(
            DataSource dataSource,
            SealKeyFile keyFile,
            int partitions,
            SealSettings settings,
            SealProgress progress,
            Runnable onSealed,
            InstantSource clock) {
        this.dataSource = dataSource;
        this.keyFile = keyFile;
        this.partitions = partitions;
        this.every = settings.every();
        this.known = new StreamLeaves(settings.streams());
        this.progress = progress;
        this.onSealed = onSealed;
        this.clock = clock;
    }

    void start() {
        worker.start();
    }

    private void run() {
        while (!worker.isClosing()) {
            try (Connection connection = dataSource.getConnection()) {
                SealTables tables = new SealTables(connection);
                if (tables.lead(LOCK)) {
                    seal(tables);
                } else {
                    progress.isAnothers();
                    worker.pause(BACK_OFF);
                }
            } catch (SealedContradiction | Unsealable e) {
                progress.sealingFails(e);
                LOG.error("nothing more is sealed until an operator has looked", e);
                return;
            } catch (NoSealKey e) {
                report(e);
                worker.pause(BACK_OFF);
            } catch (SQLException | RuntimeException e) {
                if (!worker.isClosing()) {
                    LOG.warn("sealing begins anew: {}", e.toString());
                    LOG.debug("because of", e);
                    worker.pause(BACK_OFF);
                }
            }
        }
    }

    /** Once: it is tried again every second. */
    private void report(NoSealKey why) {
        if (progress.sealingTrouble().isEmpty()) {
            LOG.error("nothing is sealed: {}", why.getMessage(), why);
        }
        progress.sealingFails(why);
    }

    private void seal(SealTables tables) {
        SignerKey key = keyFile.read(tables.lastCheckpoint().isEmpty());
        Sealing sealing = Sealing.resume(tables, key, partitions, known, clock);
        keyFile.tell(key.verifier());
        LOG.info("sealing, to be verified by {}", key.verifier());
        while (!worker.isClosing()) {
            long asOf = progress.now();
            long[] ends = tables.ends(partitions);
            if (sealing.backlog(ends) < Seal.MAX_LEAVES) {
                while (sealing.sealNext(ends)) {
                    onSealed.run();
                }
                progress.sealedAll(asOf);
                worker.pause(every);
            } else {
                sealing.sealNext(ends);
                onSealed.run();
            }
        }
    }

    /** Ends after the seal at hand. */
    @Override
    public void close() {
        worker.close();
    }
}
