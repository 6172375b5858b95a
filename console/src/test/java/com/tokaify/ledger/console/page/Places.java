package com.tokaify.ledger.console.page;

import java.util.List;
import java.util.stream.Stream;

/**
 * A place of the page as somebody sees it.
 *
 * @param name for a file
 */
record Places(String name, String role, String place) {
    private static final String TOKEN = "#/tokens/tok_01m83sn8rbe948dfv8x9w00000";

    /** Each page, as whoever sees most of it, and what others see otherwise. */
    static List<Places> all() {
        return Stream.of(
                        new Places("tokens", "operator", "#/tokens"),
                        new Places("token", "operator", TOKEN),
                        new Places("accounts", "operator", "#/accounts"),
                        new Places("account", "operator", "#/accounts/" + PlayedLedger.ACCOUNT),
                        new Places("audit", "operator", "#/audit"),
                        new Places("catalog", "operator", "#/catalog"),
                        new Places("users", "operator", "#/users"),
                        new Places("instances", "operator", "#/instances"),
                        new Places("tokens-owner", "owner", "#/tokens"),
                        new Places("tokens-auditor", "auditor", "#/tokens"),
                        new Places("token-auditor", "auditor", TOKEN),
                        new Places("nowhere", "owner", "#/users"))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
