package com.tokaify.ledger.enforcement.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Envoy may ask over gRPC.
 *
 * @param address to listen on
 * @param port 0 takes a free one
 */
@ConfigurationProperties("ledger.grpc")
public record GrpcSettings(InetAddress address, int port) {
    private static final int MAX_PORT = 65_535;

    public GrpcSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "LEDGER_ENFORCEMENT_GRPC_PORT must be a port from 0 to 65535");
        }
    }

    public InetSocketAddress socket() {
        return new InetSocketAddress(address, port);
    }
}
