package com.tokaify.ledger.command.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address where nobody answers until a server appears there: one that runs elsewhere. */
final class LateServer implements AutoCloseable {
    private final InetSocketAddress behind;
    private final int port;
    private final List<Socket> sockets = new ArrayList<>();
    private @Nullable ServerSocket entrance;

    /**
     * @param server host:port
     */
    LateServer(String server) throws IOException {
        int colon = server.lastIndexOf(':');
        behind =
                new InetSocketAddress(
                        server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
        try (ServerSocket free = listen(0)) {
            port = free.getLocalPort();
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    void appear() throws IOException {
        ServerSocket listening = listen(port);
        entrance = listening;
        Thread.ofVirtual().start(() -> accept(listening));
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket in = listening.accept();
                Socket out = new Socket(behind.getAddress(), behind.getPort());
                synchronized (sockets) {
                    sockets.add(in);
                    sockets.add(out);
                }
                Thread.ofVirtual().start(() -> copy(in, out));
                Thread.ofVirtual().start(() -> copy(out, in));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // one side has gone, and the other goes with it
        }
    }

    @Override
    public void close() throws IOException {
        if (entrance != null) {
            entrance.close();
        }
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
