package com.tokaify.ledger.command.token;

import com.tokaify.ledger.events.id.TokenId;

/** Shows the secret a token begins with. */
record NewSecret(TokenId tokenId, String secret, String mask, String connectionString) {
    @Override
    public String toString() {
        return "NewSecret[tokenId=" + tokenId + ", secret=[hidden], mask=" + mask + "]";
    }
}
