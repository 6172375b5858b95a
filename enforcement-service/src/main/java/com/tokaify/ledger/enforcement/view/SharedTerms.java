package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.net.IpRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives equal scopes, and in different ones equal model sets, allowlists and group names, one
 * object in memory. Only the view's writer uses it; what it gives out is immutable. It never
 * forgets, therefore it is bounded: beyond {@link #LIMIT} values of a kind a new one is simply not
 * shared.
 */
final class SharedTerms {
    static final int LIMIT = 100_000;

    private final Map<Scope, Scope> scopes = new HashMap<>();
    private final Map<String, String> groups = new HashMap<>();
    private final Map<Set<String>, Set<String>> models = new HashMap<>();
    private final Map<List<IpRange>, List<IpRange>> sources = new HashMap<>();

    Scope scope(Scope value) {
        Scope known = scopes.get(value);
        return known != null
                ? known
                : shared(
                        scopes,
                        new Scope(
                                shared(groups, value.group()),
                                models(value.models()),
                                sources(value.sources()),
                                value.rateLimits()));
    }

    private @Nullable Set<String> models(@Nullable Set<String> value) {
        return value == null ? null : shared(models, value);
    }

    private @Nullable List<IpRange> sources(@Nullable List<IpRange> value) {
        return value == null ? null : shared(sources, value);
    }

    private static <T> T shared(Map<T, T> known, T value) {
        T first = known.get(value);
        if (first != null) {
            return first;
        }
        if (known.size() < LIMIT) {
            known.put(value, value);
        }
        return value;
    }
}
