package com.tokaify.ledger.console;

import java.net.InetAddress;
import java.util.Objects;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** How this process reaches itself, whatever stands before it. */
public final class OwnAddress {
    private OwnAddress() {}

    public static String of(ServerProperties server) {
        InetAddress bind = server.getAddress();
        String host =
                bind == null || bind.isAnyLocalAddress()
                        ? InetAddress.getLoopbackAddress().getHostAddress()
                        : bind.getHostAddress();
        int port = Objects.requireNonNull(server.getPort());
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
