package com.tokaify.ledger.standalone;

/** An application and its token, as it is in the ledger. Its secret may change; thread-safe. */
final class DemoMember {
    private final DemoToken token;
    private final String accountId;
    private final String tokenId;
    private volatile String secret;

    DemoMember(DemoToken token, String accountId, String tokenId, String secret) {
        this.token = token;
        this.accountId = accountId;
        this.tokenId = tokenId;
        this.secret = secret;
    }

    DemoToken token() {
        return token;
    }

    String accountId() {
        return accountId;
    }

    String tokenId() {
        return tokenId;
    }

    String secret() {
        return secret;
    }

    void takes(String newSecret) {
        secret = newSecret;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return token.account().title() + "'s " + token.name();
    }
}
