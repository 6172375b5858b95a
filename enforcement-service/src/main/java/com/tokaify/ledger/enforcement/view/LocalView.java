package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.PartitionCursor;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * All tokens and accounts of the ledger, in this instance's memory, so that a check needs neither a
 * database nor a network hop.
 *
 * <p>One thread writes ({@link #apply} and {@link #become}); any number read at the same time
 * without locks. An entry's state is immutable and swapped whole, so a reader sees each token and
 * each account as of one moment; a token and its account may be one event apart. Nothing is durable
 * here: the stream is, and folding it again gives the same view.
 */
public final class LocalView {
    private final ConcurrentMap<TokenId, TokenEntry> tokens = new ConcurrentHashMap<>();
    private final ConcurrentMap<LookupHash, TokenEntry> secrets = new ConcurrentHashMap<>();
    private final ConcurrentMap<AccountId, AccountEntry> accounts = new ConcurrentHashMap<>();
    private final SharedTerms shared = new SharedTerms();
    private final PartitionCursor cursor;

    /** What the cursor has, for other threads: set once an event is wholly in the view. */
    private final AtomicLongArray applied;

    private final LongSupplier nanos;
    private volatile long heardAtNanos;
    private volatile UsageListener listener = (_, _) -> {};
    private volatile ViewStatus status = new ViewStatus.WaitingForStream();

    public LocalView(int partitions) {
        this(partitions, System::nanoTime);
    }

    /**
     * @param nanos a clock that only runs forward, for {@link #age()}
     */
    public LocalView(int partitions, LongSupplier nanos) {
        this.nanos = nanos;
        this.heardAtNanos = nanos.getAsLong();
        this.cursor = new PartitionCursor(partitions);
        this.applied = new AtomicLongArray(partitions);
    }

    /**
     * Folds the next event of its partition; one that was folded before changes nothing.
     *
     * @throws PartitionCursor.Gap where events before it are missing
     * @throws com.tokaify.ledger.events.codec.UnreadableEvent where it cannot be understood
     * @throws Contradiction where it cannot follow on those before it
     */
    public void apply(StoredEvent stored) {
        Position position = stored.position();
        switch (cursor.advance(position.partition(), position.pseq())) {
            case SKIP -> {}
            case APPLY -> {
                RecordedEvent recorded = EventCodec.decode(stored);
                fold(recorded);
                applied.set(position.partition(), position.pseq());
                tell(recorded);
            }
        }
    }

    /** One listener hears of every usage that is folded from now on. */
    public void tellBookedUsage(UsageListener whom) {
        listener = whom;
    }

    private void tell(RecordedEvent recorded) {
        if (recorded.event() instanceof QuotaConsumed event
                && recorded.stream() instanceof TokenId token) {
            listener.booked(token, event);
        }
    }

    private void fold(RecordedEvent recorded) {
        try {
            switch (recorded.event()) {
                case TokenEvent event ->
                        fold(
                                subject(recorded, TokenId.class),
                                recorded.position().partition(),
                                event);
                case AccountEvent event -> {
                    AccountEntry account = account(subject(recorded, AccountId.class));
                    account.become(account.state().after(event));
                }
                // No check asks the catalog: tokens in a retired group stay, and a token's models
                // are its own.
                case CatalogEvent _ -> {}
            }
        } catch (Contradiction | ArithmeticException e) {
            throw new Contradiction(recorded, e);
        }
    }

    private static <T extends StreamId> T subject(RecordedEvent recorded, Class<T> kind) {
        if (!kind.isInstance(recorded.stream())) {
            throw new Contradiction("it is not of this kind of stream");
        }
        return kind.cast(recorded.stream());
    }

    private void fold(TokenId id, int partition, TokenEvent event) {
        TokenEntry entry = tokens.get(id);
        if (entry != null) {
            TokenState before = entry.state();
            TokenState after = before.after(event, shared);
            publish(entry, before, after);
        } else if (event instanceof TokenCreated created) {
            TokenState first = TokenState.first(created, shared);
            TokenEntry begun = new TokenEntry(id, partition, account(created.accountId()), first);
            index(begun, first.secrets().all());
            tokens.put(id, begun);
        } else {
            throw new Contradiction("the token was never created");
        }
    }

    /**
     * A new secret is in the index before the state accepts it and an old one leaves after the
     * state has refused it, so that a reader never meets a secret that is valid but not found.
     */
    private void publish(TokenEntry entry, TokenState before, TokenState after) {
        boolean rotated = !after.secrets().equals(before.secrets());
        if (rotated) {
            index(entry, after.secrets().all());
        }
        entry.become(after);
        if (rotated) {
            Set<LookupHash> kept = after.secrets().all();
            before.secrets().all().stream()
                    .filter(hash -> !kept.contains(hash))
                    .forEach(secrets::remove);
        }
        if (after.consumed() != before.consumed()) {
            AccountEntry account = entry.account();
            account.become(account.state().plus(before.consumed() - after.consumed()));
        }
    }

    private void index(TokenEntry entry, Set<LookupHash> hashes) {
        for (LookupHash hash : hashes) {
            TokenEntry other = secrets.putIfAbsent(hash, entry);
            if (other != null && other != entry) {
                throw new Contradiction("its secret is that of " + other.id());
            }
        }
    }

    private AccountEntry account(AccountId id) {
        return accounts.computeIfAbsent(id, AccountEntry::new);
    }

    /** The writer's word on whether the view may be asked. */
    public void become(ViewStatus next) {
        status = next;
    }

    /** The writer's word that the stream has answered, be it that there is nothing new. */
    public void heard() {
        heardAtNanos = nanos.getAsLong();
    }

    /** How long ago the stream last answered; before it ever has, how long this view waits. */
    public Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - heardAtNanos);
    }

    public ViewStatus status() {
        return status;
    }

    public boolean ready() {
        return status instanceof ViewStatus.Ready;
    }

    /** The token with such a secret, also one whose grace after a rotation may have ended. */
    public Optional<TokenEntry> find(LookupHash hash) {
        return Optional.ofNullable(secrets.get(hash));
    }

    public Optional<TokenEntry> find(TokenId id) {
        return Optional.ofNullable(tokens.get(id));
    }

    /** The last event of the partition that is wholly in the view; 0 before the first. */
    public Position position(int partition) {
        return new Position(partition, applied.get(partition));
    }

    public IntStream partitions() {
        return IntStream.range(0, applied.length());
    }

    /** Positions are dense and counted from 1, so their sum is the number of events. */
    public long eventsApplied() {
        return partitions().mapToLong(applied::get).sum();
    }

    public int tokens() {
        return tokens.size();
    }

    public int accounts() {
        return accounts.size();
    }
}
