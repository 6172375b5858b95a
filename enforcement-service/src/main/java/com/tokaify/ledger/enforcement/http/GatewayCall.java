package com.tokaify.ledger.enforcement.http;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway sent to have a call decided, by whichever protocol. Names of headers are compared
 * without regard to case.
 */
public interface GatewayCall {
    /** The path as it was sent, still encoded, without its query. */
    String path();

    /** As it was sent, still encoded. */
    @Nullable String query();

    /**
     * Whether path and query are those of the gateway's caller, rather than those of the hook that
     * the gateway has asked.
     */
    boolean isCallersOwnPath();

    /** The first value of a header; null where it is absent. */
    @Nullable String header(String name);

    /** Every value of a header, in the order sent. */
    List<String> headers(String name);

    /** Who has opened the connection that counts: the address as text, whatever it is. */
    String peer();

    /** Whether something was sent as the body of the gateway's caller. */
    boolean hasBody();

    /**
     * @throws com.tokaify.ledger.events.InvalidField where it is longer than {@code maxBytes}
     */
    byte[] body(int maxBytes) throws IOException;

    /** What the caller can be told to name this call by; null where it has no name. */
    @Nullable String requestId();

    /** What the gateway shows to be known by; null where it shows nothing. */
    @Nullable String gatewayKey();

    /** How the gateway was set up to be answered; null where it does not say. */
    @Nullable String option(String name);
}
