package com.tokaify.ledger.benchmarks.audit;

import com.tokaify.ledger.audit.Auditor;
import com.tokaify.ledger.benchmarks.CpuClock;
import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.local.LocalKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What is done with a ledger once and as a whole: command-service seals all that lies in the store,
 * and the auditor verifies everything it can find fault with, seals included.
 */
final class WholeLedger {
    private static final Duration GLANCE = Duration.ofMillis(50);

    /** Events between two signs of life. */
    private static final long TOLD_EVERY = 1_000_000;

    private WholeLedger() {}

    /** Something that was done with a number of events. */
    record Done(String what, long events, Duration time, Duration cpu) {
        double seconds() {
            return time.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
        }

        double perSecond() {
            return events / seconds();
        }

        double cpuMicrosEach() {
            return cpu.toNanos() / (double) TimeUnit.MICROSECONDS.toNanos(1) / events;
        }
    }

    /** From when command-service is ready; what it has sealed by then is not counted. */
    static Done seal(
            Infrastructure infrastructure,
            Path jar,
            LedgerStore store,
            LocalKafka kafka,
            int all,
            Consumer<String> progress)
            throws Exception {
        Service command = infrastructure.startCommandService(jar, store, kafka);
        long before = store.sealed();
        Duration cpu = CpuClock.used();
        long start = System.nanoTime();
        long told = before;
        for (long sealed = before; sealed < all; sealed = store.sealed()) {
            if (sealed - told >= TOLD_EVERY) {
                told = sealed;
                progress.accept("sealed " + sealed);
            }
            if (!command.process().isAlive()) {
                throw new IllegalStateException("command-service has ended before all was sealed");
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        Done done =
                new Done(
                        "sealing, by a command-service that has nothing else to do",
                        all - before,
                        Duration.ofNanos(System.nanoTime() - start),
                        CpuClock.used().minus(cpu));
        command.stop();
        return done;
    }

    /**
     * By the command that auditors give.
     *
     * @throws IllegalStateException where it finds anything
     */
    static Done verify(
            Infrastructure infrastructure, LedgerStore store, LocalKafka kafka, int all) {
        StringWriter told = new StringWriter();
        PrintWriter out = new PrintWriter(told, true);
        Duration cpu = CpuClock.used();
        long start = System.nanoTime();
        int code =
                Auditor.commandLine(Map.of(), out, out)
                        .execute(
                                "verify",
                                "--database",
                                store.settings().url(),
                                "--kafka",
                                kafka.bootstrap(),
                                "--password-file",
                                infrastructure.auditorPassword().toString(),
                                "--key",
                                infrastructure.verifierKey().toString());
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (code != 0) {
            throw new IllegalStateException("verify: " + told);
        }
        return new Done(
                "verify: store, Kafka, books, all leaves and checkpoints",
                all,
                time,
                CpuClock.used().minus(cpu));
    }
}
