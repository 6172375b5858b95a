package com.tokaify.ledger.enforcement.view;

import static com.tokaify.ledger.enforcement.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many read while one folds and the view grows from nothing. Odd tokens change all the time. */
class ReadersTest {
    private static final int TOKENS = 40_000;
    private static final int READERS = 3;
    private static final int HOT = 1;

    private final LocalView view = new LocalView(1);
    private final AtomicInteger folded = new AtomicInteger();
    private final AtomicBoolean stop = new AtomicBoolean();
    private long pseq;

    /**
     * Whoever reads finds every token that is there, by id and by secret, and sees each as it was
     * between two events: of the odd ones the number of the change stands twice in the expiry, and
     * the secret is always the one after the previous.
     */
    @Test
    void readersNeverMissATokenNorSeeHalfOfOne() throws Exception {
        List<Future<Long>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            for (int i = 0; i < READERS; i++) {
                long seed = i;
                readers.add(threads.submit(() -> read(new Random(seed))));
            }
            try {
                fold(new Random(4711));
            } finally {
                stop.set(true);
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get(1, TimeUnit.MINUTES)).isPositive();
            }
        }
        assertThat(view.tokens()).isEqualTo(TOKENS);
    }

    private void fold(Random random) {
        int[] changes = new int[TOKENS];
        for (int number = 0; number < TOKENS; number++) {
            happens(
                    number,
                    TestLedger.created(
                            TestLedger.account(number / 100),
                            new Restrictions(null, null, null, expiry(0)),
                            secret(number, 0)));
            folded.set(number + 1);
            int odd = random.nextBoolean() ? HOT : random.nextInt(number + 1) | 1;
            if (odd <= number) {
                int change = ++changes[odd];
                happens(odd, new TokenEvent.ExpirationChanged(expiry(change)));
                happens(
                        odd,
                        new TokenEvent.SecretRotated(
                                secret(odd, change), "sk-tkfA**wxyz", NOW.plusSeconds(1)));
            }
        }
    }

    private void happens(int number, TokenEvent event) {
        view.apply(ManyTokens.recorded(number, ++pseq, event));
    }

    private static Instant expiry(int change) {
        int twice = change % 900;
        return NOW.plusSeconds(twice).plusNanos(twice);
    }

    private static LookupHash secret(int number, int change) {
        return new LookupHash(number, change, 0, 0);
    }

    private long read(Random random) {
        long reads = 0;
        while (!stop.get()) {
            int known = folded.get();
            if (known > 0) {
                read(random.nextBoolean() ? Math.min(HOT, known - 1) : random.nextInt(known));
                reads++;
            }
        }
        return reads;
    }

    /** A secret leaves the index only after another change has come in between. */
    private void mustBeFoundOrRotated(TokenEntry entry, LookupKey current) {
        if (view.find(new LookupHash(current.a(), current.b(), 0, 0)).isEmpty()) {
            TokenEntry newer = view.find(entry.id()).orElseThrow();
            assertThat(newer.secrets().current().b()).isGreaterThan(current.b());
        }
    }

    private void read(int number) {
        TokenEntry entry = view.find(TestLedger.token(number)).orElseThrow();
        assertThat(entry.id()).isEqualTo(TestLedger.token(number));
        Duration change = Duration.between(NOW, Objects.requireNonNull(entry.expiresAt()));
        assertThat(change.toNanosPart()).isEqualTo((int) change.toSeconds());
        switch (entry.secrets()) {
            case Secrets.Single(LookupKey current) -> assertThat(current.a()).isEqualTo(number);
            case Secrets.Rotated(LookupKey current, LookupKey previous, _) -> {
                assertThat(current).isEqualTo(new LookupKey(number, previous.b() + 1));
                mustBeFoundOrRotated(entry, current);
            }
        }
        if (number % 2 == 0) {
            assertThat(view.find(secret(number, 0)).map(TokenEntry::id))
                    .contains(TestLedger.token(number));
        }
    }
}
