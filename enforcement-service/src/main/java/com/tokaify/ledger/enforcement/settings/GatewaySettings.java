package com.tokaify.ledger.enforcement.settings;

import com.tokaify.ledger.enforcement.access.GatewayKeys;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which gateways may ask by a static key.
 *
 * @param keys digests of their keys, each {@code name=digest} or {@code name@acc_…=digest}; none is
 *     possible
 */
@ConfigurationProperties("ledger.gateway")
public record GatewaySettings(List<String> keys) {
    public GatewaySettings {
        keys = List.copyOf(keys);
        GatewayKeys.parse(keys);
    }

    public GatewayKeys known() {
        return GatewayKeys.parse(keys);
    }

    @Override
    public String toString() {
        return known().toString();
    }
}
