package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.CpuClock;
import com.tokaify.ledger.benchmarks.Load;
import com.tokaify.ledger.benchmarks.Measurement;
import com.tokaify.ledger.benchmarks.Trial;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A closed loop over many kept connections on one thread: each sends its next request as soon as it
 * has its answer. One thread, since what the generator uses the server does not have; the same for
 * every protocol, so that none is favoured.
 */
final class WireLoad implements Trial, AutoCloseable {
    private static final int ANSWER_BYTES = 16 << 10;
    private static final long SELECT_MILLIS = 5_000;

    private final Wire wire;
    private final List<byte[]> requests;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();

    /** One connection and what has come in on it. */
    private static final class Client {
        private final SocketChannel channel;
        private final ByteBuffer received = ByteBuffer.allocate(ANSWER_BYTES);
        private int next;
        private long sentAt;

        private Client(SocketChannel channel, int next) {
            this.channel = channel;
            this.next = next;
        }
    }

    /**
     * Connects to a port on loopback.
     *
     * @param requests sent in this order over and over, each connection beginning elsewhere
     */
    WireLoad(int port, int connections, List<byte[]> requests, Wire wire) throws IOException {
        this.wire = wire;
        this.requests = requests;
        this.selector = Selector.open();
        for (int i = 0; i < connections; i++) {
            SocketChannel channel =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Client client = new Client(channel, i * (requests.size() / connections));
            channel.register(selector, SelectionKey.OP_READ, client);
            clients.add(client);
        }
    }

    int connections() {
        return clients.size();
    }

    @Override
    public Measurement run(Duration warmUp, Duration window) throws IOException {
        for (Client client : clients) {
            send(client);
        }
        loop(warmUp, Load.histogram());
        Duration cpu = CpuClock.used();
        long start = System.nanoTime();
        Histogram latencies = Load.histogram();
        loop(window, latencies);
        double seconds = Load.seconds(Duration.ofNanos(System.nanoTime() - start));
        double cpuSeconds = Load.seconds(CpuClock.used().minus(cpu));
        drain();
        long answers = latencies.getTotalCount();
        return new Measurement(answers, answers, seconds, cpuSeconds, latencies);
    }

    private void loop(Duration limit, Histogram latencies) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            for (Client client : readable()) {
                if (receive(client)) {
                    long nanos = System.nanoTime() - client.sentAt;
                    latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
                    send(client);
                }
            }
        }
    }

    /** Takes the answers still under way, so that the connections are idle. */
    private void drain() throws IOException {
        int answers = 0;
        while (answers < clients.size()) {
            for (Client client : readable()) {
                answers += receive(client) ? 1 : 0;
            }
        }
    }

    private List<Client> readable() throws IOException {
        List<Client> ready = new ArrayList<>(clients.size());
        if (selector.select(key -> ready.add((Client) key.attachment()), SELECT_MILLIS) == 0) {
            throw new IllegalStateException("no answer came for " + SELECT_MILLIS + " ms");
        }
        return ready;
    }

    /** Requests are far smaller than a socket's buffer, so they go in one piece. */
    private void send(Client client) throws IOException {
        byte[] request = requests.get(client.next);
        client.next = (client.next + 1) % requests.size();
        client.sentAt = System.nanoTime();
        if (client.channel.write(ByteBuffer.wrap(request)) != request.length) {
            throw new IllegalStateException("a request did not fit into the socket's buffer");
        }
    }

    /** Whether the answer is complete. */
    private boolean receive(Client client) throws IOException {
        if (client.channel.read(client.received) < 0) {
            throw new EOFException("the server has closed a connection");
        }
        int length = client.received.position();
        int answer = wire.answer(client.received.array(), length);
        if (answer == Wire.INCOMPLETE) {
            return false;
        }
        if (answer != length) {
            throw new IllegalStateException("more came than was asked for");
        }
        client.received.clear();
        return true;
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }
}
