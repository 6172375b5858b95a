package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.CpuClock;
import com.tokaify.ledger.benchmarks.Load;
import com.tokaify.ledger.benchmarks.Measurement;
import com.tokaify.ledger.benchmarks.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A closed loop over many kept connections on one thread: each sends its next request as soon as it
 * has its answer. One thread, since what the generator uses the server does not have; the same for
 * every protocol, so that none is favoured. Each measurement has connections of its own: servers
 * close what lies idle while the others have their turn.
 */
final class WireLoad implements Trial {
    private final int port;
    private final int connections;
    private final List<byte[]> requests;
    private final Wire wire;

    /**
     * @param port on loopback
     * @param requests sent in this order over and over, each connection beginning elsewhere
     */
    WireLoad(int port, int connections, List<byte[]> requests, Wire wire) {
        this.port = port;
        this.connections = connections;
        this.requests = requests;
        this.wire = wire;
    }

    @Override
    public Measurement run(Duration warmUp, Duration window) throws IOException {
        try (WireClients clients = new WireClients(port, connections, requests, wire)) {
            clients.loop(warmUp, Load.histogram());
            Duration cpu = CpuClock.used();
            long start = System.nanoTime();
            Histogram latencies = Load.histogram();
            clients.loop(window, latencies);
            double seconds = Load.seconds(Duration.ofNanos(System.nanoTime() - start));
            double cpuSeconds = Load.seconds(CpuClock.used().minus(cpu));
            clients.drain();
            long answers = latencies.getTotalCount();
            return new Measurement(answers, answers, seconds, cpuSeconds, latencies);
        }
    }
}
