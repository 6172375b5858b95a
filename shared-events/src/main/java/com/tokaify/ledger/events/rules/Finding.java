package com.tokaify.ledger.events.rules;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one check has found.
 *
 * @param check its name, for programs
 * @param found what it is
 * @param facts what is to be known of it, by name: texts, whole numbers, instants as texts, and
 *     lists of texts, of which there are ten at most and {@code more} says how many are left out
 */
public record Finding(String check, Found found, Map<String, Object> facts) {
    static final String MORE = "more";

    private static final int NAMED_AT_MOST = 10;

    public Finding {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    public static Finding of(String check, Found found) {
        return new Finding(check, found, Map.of());
    }

    /**
     * The same, with one fact more.
     *
     * @param fact a whole number, or what has a text; null adds nothing
     */
    public Finding with(String name, @Nullable Object fact) {
        if (fact == null) {
            return this;
        }
        return and(
                Map.of(
                        name,
                        fact instanceof Long || fact instanceof Integer ? fact : fact.toString()));
    }

    /** The same, with the first ten of these. */
    public Finding naming(String name, Collection<?> all) {
        List<String> first = all.stream().limit(NAMED_AT_MOST).map(Object::toString).toList();
        Finding named = and(Map.of(name, first));
        return all.size() == first.size()
                ? named
                : named.and(Map.of(MORE, all.size() - first.size()));
    }

    private Finding and(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.putAll(more);
        return new Finding(check, found, all);
    }

    /** {@link Code#OK}, or what a call would be refused with for this alone. */
    public Code code() {
        return found.code();
    }

    public boolean passed() {
        return code() == Code.OK;
    }

    /** What was found, in plain English. */
    public String message() {
        return found.words(facts);
    }

    /** What to do about it, in plain English; null where there is nothing to do. */
    public @Nullable String remedy() {
        return found.remedy(facts);
    }
}
