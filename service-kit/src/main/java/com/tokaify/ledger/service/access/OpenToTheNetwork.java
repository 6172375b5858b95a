package com.tokaify.ledger.service.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** A service that nobody has to sign in to would listen where others reach it. */
public final class OpenToTheNetwork extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private OpenToTheNetwork(@Nullable String address) {
        super(
                "Without LEDGER_ACCESS_ISSUER everybody is the operator, and this service would"
                        + " listen on "
                        + (address == null ? "every address" : address)
                        + ".");
    }

    /**
     * @param address to listen on, as {@code server.address} has it; null is every one
     * @throws OpenToTheNetwork where others than this machine reach it
     */
    public static void unlessLoopback(@Nullable String address) {
        try {
            if (address == null || !InetAddress.getByName(address).isLoopbackAddress()) {
                throw new OpenToTheNetwork(address);
            }
        } catch (UnknownHostException e) {
            throw new OpenToTheNetwork(address);
        }
    }
}
