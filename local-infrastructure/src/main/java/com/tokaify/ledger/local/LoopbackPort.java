package com.tokaify.ledger.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks the machine which ports can be listened on. */
public final class LoopbackPort {
    /**
     * Below the range from which systems give out ports of outgoing connections: a client that
     * keeps trying to reach a server that is just being restarted can otherwise be given that very
     * port, and the server finds it taken.
     */
    private static final int FIRST = 15_000;

    private static final int COUNT = 17_000;

    /** Each is given out once, from a random one on: two callers never get the same. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private LoopbackPort() {}

    /** A port nobody listens on at this moment and this JVM has not been given before. */
    public static int free() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(loopback, port)) {
                return port;
            }
        }
        throw new StartFailure("no free port from " + FIRST + " on");
    }

    public static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, address)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
