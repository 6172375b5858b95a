package com.tokaify.ledger.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a secret was shown: as the bare key, or inside the connection string. */
public enum RevealedAs {
    @JsonProperty("secret")
    SECRET,
    @JsonProperty("copy-token")
    COPY_TOKEN,
    @JsonProperty("connection-string")
    CONNECTION_STRING
}
