package com.tokaify.ledger.enforcement.settings;

import com.tokaify.ledger.enforcement.client.TrustedProxies;
import com.tokaify.ledger.events.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the source of a call is found out.
 *
 * @param trustedProxies addresses and CIDR blocks of the hops whose headers are believed; none is
 *     possible
 */
@ConfigurationProperties("ledger.client")
public record ClientSettings(List<String> trustedProxies) {
    private static final String VARIABLE = "LEDGER_TRUSTED_PROXIES";

    public ClientSettings {
        trustedProxies = List.copyOf(trustedProxies);
        ranges(trustedProxies);
    }

    public TrustedProxies proxies() {
        return new TrustedProxies(ranges(trustedProxies));
    }

    private static List<IpRange> ranges(List<String> texts) {
        List<IpRange> ranges = new ArrayList<>();
        for (String text : texts) {
            ranges.add(IpRange.parse(VARIABLE, text.strip()));
        }
        return ranges;
    }
}
