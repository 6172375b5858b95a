package com.tokaify.ledger.enforcement.client;

import com.tokaify.ledger.enforcement.http.GatewayCall;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.net.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a call comes from. That is whoever has opened the connection, unless it is a trusted proxy:
 * then it is the right-most address its headers name that is no trusted proxy, since everything
 * left of that was written by somebody nobody knows.
 *
 * <p>{@link HopHeader} gives the order in which headers are asked. A header that names another
 * client than the one before it makes the client unknown: a gateway usually writes one of them and
 * hands on what its caller has put into the others. An unknown client passes no allowlist. Any
 * number of threads.
 */
public final class ClientAddress {
    private static final HopHeader[] IN_ORDER = HopHeader.values();

    private final TrustedProxies trusted;

    public ClientAddress(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    /** Empty where those who should know it contradict each other or write what is no address. */
    public Optional<IpAddress> of(GatewayCall call) {
        Optional<IpAddress> peer = parse(withoutZone(call.peer()));
        if (peer.isEmpty() || !trusted.contains(peer.get())) {
            return peer;
        }
        IpAddress client = peer.get();
        for (HopHeader header : IN_ORDER) {
            List<String> hops = header.hops(call);
            if (hops.isEmpty()) {
                continue;
            }
            Optional<IpAddress> named = nearestStranger(hops);
            if (named.isEmpty()) {
                return named;
            }
            if (trusted.contains(client)) {
                // So far no header has led beyond the proxies; this one may.
                client = named.get();
            } else if (!trusted.contains(named.get()) && !named.get().equals(client)) {
                return Optional.empty();
            }
        }
        return Optional.of(client);
    }

    /** Where all are trusted, the first of them: a call that was made within. */
    private Optional<IpAddress> nearestStranger(List<String> hops) {
        Optional<IpAddress> hop = Optional.empty();
        for (int i = hops.size() - 1; i >= 0; i--) {
            hop = parse(withoutPort(hops.get(i)));
            if (hop.isEmpty() || !trusted.contains(hop.get())) {
                return hop;
            }
        }
        return hop;
    }

    private static Optional<IpAddress> parse(String text) {
        try {
            return Optional.of(IpAddress.parse("address", text));
        } catch (InvalidField e) {
            return Optional.empty();
        }
    }

    /** {@code 192.0.2.1:80}, {@code [2001:db8::1]:80} and {@code [2001:db8::1]}, as proxies do. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        boolean single = colon >= 0 && colon == hop.lastIndexOf(':');
        return single ? hop.substring(0, colon) : hop;
    }

    /** A link-local peer is told with its interface, {@code fe80::1%eth0}. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
