package com.tokaify.ledger.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Asks the machine which ports can be listened on. */
public final class LoopbackPort {
    /**
     * Below the range from which systems give out ports of outgoing connections: a client that
     * keeps trying to reach a server that is just being restarted can otherwise be given that very
     * port, and the server finds it taken.
     */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;
    private static final int TRIES = 1_000;

    private LoopbackPort() {}

    /** A port nobody listens on at this moment. */
    public static int free() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(loopback, port)) {
                return port;
            }
        }
        throw new StartFailure("no free port between " + FIRST + " and " + LAST);
    }

    public static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, address)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
