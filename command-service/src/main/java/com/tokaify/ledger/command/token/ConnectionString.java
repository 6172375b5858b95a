package com.tokaify.ledger.command.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.net.URI;

/**
 * What client programs take over in one paste: compact JSON with exactly these keys in this order.
 */
record ConnectionString(
        @JsonProperty("_type") String type,
        @JsonProperty("key") String key,
        @JsonProperty("url") String url) {
    private static final String TYPE = "newapi_channel_conn";

    static String of(TokenSecret secret, URI apiUrl) {
        return StrictJson.MAPPER.writeValueAsString(
                new ConnectionString(TYPE, secret.reveal(), apiUrl.toString()));
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
