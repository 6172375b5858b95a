package com.tokaify.ledger.enforcement.client;

import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.net.IpRange;
import java.util.List;

/** The hops whose word on where a call comes from is believed: gateways and what is before them. */
public record TrustedProxies(List<IpRange> ranges) {
    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    public boolean contains(IpAddress address) {
        for (IpRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
