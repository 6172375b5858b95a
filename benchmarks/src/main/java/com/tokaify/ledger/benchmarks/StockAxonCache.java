package com.tokaify.ledger.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.ConcurrentMap;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The cache command-service has for its aggregates, as large, under Axon's interface. Thread-safe.
 */
@SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
final class StockAxonCache implements Cache {
    private final ConcurrentMap<Object, Object> entries;

    StockAxonCache(long size) {
        entries = Caffeine.newBuilder().maximumSize(size).<Object, Object>build().asMap();
    }

    @Override
    public <K, V> @Nullable V get(K key) {
        return (V) entries.get(key);
    }

    @Override
    public void put(Object key, Object value) {
        entries.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return entries.putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return entries.remove(key) != null;
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.containsKey(key);
    }

    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("nobody listens");
    }
}
