package com.tokaify.ledger.benchmarks.enforce;

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
 * Connections that each have one request under way: the next is sent as soon as the answer is here.
 * One thread.
 */
final class WireClients implements AutoCloseable {
    private static final int ANSWER_BYTES = 16 << 10;
    private static final long SELECT_MILLIS = 5_000;

    private final List<byte[]> requests;
    private final Wire wire;
    private final Selector selector = Selector.open();
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

    /** Connects, and sends the first request on each connection. */
    WireClients(int port, int connections, List<byte[]> requests, Wire wire) throws IOException {
        this.requests = requests;
        this.wire = wire;
        for (int i = 0; i < connections; i++) {
            SocketChannel channel =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            Client client = new Client(channel, i * (requests.size() / connections));
            clients.add(client);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, client);
            send(client);
        }
    }

    /**
     * Asks and asks again for so long.
     *
     * @param latencies told the microseconds of each answer
     */
    void loop(Duration limit, Histogram latencies) throws IOException {
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
    void drain() throws IOException {
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
