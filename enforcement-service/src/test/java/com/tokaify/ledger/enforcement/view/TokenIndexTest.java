package com.tokaify.ledger.enforcement.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIndexTest {
    private static final int STEPS = 30_000;

    private final TokenIndex index = new TokenIndex.BySecret();
    private final Map<LookupKey, TokenEntry> expected = new HashMap<>();
    private final List<TokenEntry> entries = new ArrayList<>();
    private long keys;

    /**
     * Whatever is added, put in a place or taken out, and however often the index made room
     * meanwhile: it finds what a plain map finds, with one key and with two.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theIndexFindsWhatAMapFinds(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            int choice = random.nextInt(4);
            if (choice == 0 || entries.isEmpty()) {
                add(entry(entries.size(), nextKey(), null));
            } else {
                int at = random.nextInt(entries.size());
                TokenEntry before = entries.get(at);
                if (choice == 1) {
                    // The same keys, another state.
                    TokenEntry next = before.become(before.state());
                    index.replace(before, next);
                    put(at, next);
                } else {
                    // Rotated, with a grace or without.
                    LookupKey current = before.secrets().current();
                    TokenEntry next = entry(at, nextKey(), choice == 2 ? current : null);
                    index.add(next);
                    index.remove(before);
                    before.secrets().all().forEach(expected::remove);
                    put(at, next);
                }
            }
        }
        for (long key = 1; key <= keys; key++) {
            assertThat(index.find(key, 0)).isSameAs(expected.get(new LookupKey(key, 0)));
        }
        assertThat(index.find(keys + 1, 0)).isNull();
    }

    private void add(TokenEntry entry) {
        index.add(entry);
        entries.add(entry);
        entry.secrets().all().forEach(key -> expected.put(key, entry));
    }

    private void put(int at, TokenEntry next) {
        entries.set(at, next);
        next.secrets().all().forEach(key -> expected.put(key, next));
    }

    private LookupKey nextKey() {
        return new LookupKey(++keys, 0);
    }

    private static TokenEntry entry(int number, LookupKey key, @Nullable LookupKey previous) {
        Secrets secrets =
                previous == null
                        ? new Secrets.Single(key)
                        : new Secrets.Rotated(key, previous, TestLedger.NOW);
        return new TokenEntry(
                TestLedger.token(number),
                0,
                new AccountEntry(TestLedger.account(1)),
                new TokenState(
                        Standing.NEW,
                        new Terms("default", null, null, null, null),
                        secrets,
                        0,
                        Counting.PLAIN));
    }
}
