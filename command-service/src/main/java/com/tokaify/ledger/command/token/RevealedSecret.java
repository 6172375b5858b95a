package com.tokaify.ledger.command.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.tokaify.ledger.events.id.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * Shows a secret again, in the form that was asked for.
 *
 * @param connectionString where that was the form
 * @param curl where that was the form
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RevealedSecret(
        TokenId tokenId, String secret, @Nullable String connectionString, @Nullable String curl) {
    @Override
    public String toString() {
        return "RevealedSecret[tokenId=" + tokenId + ", secret=[hidden]]";
    }
}
