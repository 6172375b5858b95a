package com.tokaify.ledger.query.token;

import com.tokaify.ledger.query.web.QueryParameters;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Queries as callers ask them: names and values. */
final class Queries {
    private Queries() {}

    static TokenQuery of(String... namesAndValues) {
        MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return TokenQuery.parse(new QueryParameters(values));
    }
}
