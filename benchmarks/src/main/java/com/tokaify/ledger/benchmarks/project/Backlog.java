package com.tokaify.ledger.benchmarks.project;

import com.tokaify.ledger.benchmarks.TopicWriter;
import com.tokaify.ledger.benchmarks.enforce.EventSequence;
import com.tokaify.ledger.benchmarks.enforce.KnownTokens;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.secret.Pepper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A month of a ledger on Kafka, byte for byte as the relay writes it: accounts are opened, tokens
 * created, then used by Zipf's law and now and then changed. One token for every ten events, at
 * most as many as the command line says. Written by one thread.
 */
public final class Backlog {
    private static final int EVENTS_PER_TOKEN = 10;
    private static final Duration MONTH = Duration.ofDays(28);
    private static final List<String> MODELS =
            List.of("gpt-4o-mini", "gpt-4o", "claude-sonnet-4-5", "text-embedding-3-small");
    private static final int AMOUNT_MAX = 5_000;
    private static final long CREDIT = 1_000_000_000_000L;
    private static final int DRAWN = 1 << 17;

    private final KnownTokens tokens;
    private final int events;
    private final Pepper pepper;
    private final EventSequence sequence = new EventSequence();
    private final long[] sequences;
    private final long[] totals;
    private final Instant beginning = Instant.now().minus(MONTH);
    private final RandomGenerator random = new SplittableRandom(1);
    private int written;
    private long consumed;

    private Backlog(int events, int tokens, Pepper pepper) {
        this.events = events;
        this.tokens = new KnownTokens(Math.max(1, Math.min(tokens, events / EVENTS_PER_TOKEN)));
        this.pepper = pepper;
        this.sequences = new long[this.tokens.size()];
        this.totals = new long[this.tokens.size()];
    }

    /**
     * Makes the topic and writes the events to it.
     *
     * @param tokens at most
     */
    static Backlog write(int events, int tokens, Pepper pepper, String bootstrap)
            throws ExecutionException, InterruptedException {
        try (TopicWriter topic = TopicWriter.toNewTopic(bootstrap)) {
            Backlog backlog = tell(events, tokens, pepper, topic::send);
            topic.flush();
            return backlog;
        }
    }

    /**
     * Tells the events one by one, and keeps none.
     *
     * @param tokens at most
     */
    public static Backlog tell(
            int events, int tokens, Pepper pepper, Consumer<StoredEvent> listener) {
        Backlog backlog = new Backlog(events, tokens, pepper);
        backlog.tell(listener);
        return backlog;
    }

    public int events() {
        return written;
    }

    public int tokens() {
        return tokens.size();
    }

    /** Units that all tokens have consumed. */
    public long consumed() {
        return consumed;
    }

    private void tell(Consumer<StoredEvent> listener) {
        for (int account = 0; account < tokens.accounts().size(); account++) {
            tell(
                    listener,
                    sequence.next(
                            tokens.accounts().get(account),
                            0,
                            new AccountOpened("Benchmark"),
                            now()));
            tell(
                    listener,
                    sequence.next(
                            tokens.accounts().get(account),
                            1,
                            new BalanceCredited(CREDIT, "benchmark"),
                            now()));
        }
        for (int token = 0; token < tokens.size(); token++) {
            tell(
                    listener,
                    sequence.next(tokens.id(token), 0, tokens.created(token, pepper), now()));
        }
        int[] drawn = tokens.draw(DRAWN);
        while (written < events) {
            int token = drawn[written % DRAWN];
            TokenEvent event = event(token);
            sequences[token]++;
            tell(listener, sequence.next(tokens.id(token), sequences[token], event, now()));
        }
    }

    /** Of a hundred events 96 are consumptions. */
    private TokenEvent event(int token) {
        return switch (random.nextInt(100)) {
            case 0, 1 -> new TokenRenamed("renamed by a benchmark");
            case 2 -> new QuotaLimitChanged(CREDIT);
            case 3 -> new SecretRevealed(RevealedAs.COPY_TOKEN);
            default -> consumption(token);
        };
    }

    private QuotaConsumed consumption(int token) {
        long amount = 1L + random.nextInt(AMOUNT_MAX);
        totals[token] += amount;
        consumed += amount;
        return new QuotaConsumed(
                new UUID(random.nextLong(), random.nextLong()).toString(),
                amount,
                MODELS.get(random.nextInt(MODELS.size())),
                totals[token],
                false);
    }

    /** Events are spread over the month evenly. */
    private Instant now() {
        return beginning.plusMillis(MONTH.toMillis() * written / events);
    }

    private void tell(Consumer<StoredEvent> listener, StoredEvent event) {
        written++;
        listener.accept(event);
    }
}
