package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.PartitionCursor;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * All tokens and accounts of the ledger, in this instance's memory, so that a check needs neither a
 * database nor a network hop.
 *
 * <p>One thread folds ({@link #apply}, {@link #become}, {@link #reset}, {@link #restore}, {@link
 * #cut}), one says what was heard; any number read at the same time without locks. A token's entry
 * is immutable and put in the place of the one before, so a reader sees each token and each account
 * as of one moment; a token and its account may be one event apart. Nothing is durable here: the
 * stream is, and folding it again gives the same view.
 */
public final class LocalView {
    private final LongSupplier nanos;
    private final boolean closesWhenStale;
    private final long limitNanos;
    private final AtomicLongArray heardAtNanos;

    /** The least of them: checks ask for the oldest partition, and should not have to look. */
    private volatile long oldestHeardAtNanos;

    private volatile Contents contents;
    private volatile UsageListener listener = (_, _) -> {};
    private volatile ViewStatus status = new ViewStatus.WaitingForStream();

    public LocalView(int partitions) {
        this(partitions, System::nanoTime);
    }

    /**
     * @param nanos a clock that only runs forward, for {@link #age()}
     */
    public LocalView(int partitions, LongSupplier nanos) {
        this(partitions, nanos, Freshness.UNBOUNDED);
    }

    public LocalView(int partitions, LongSupplier nanos, Freshness freshness) {
        this.nanos = nanos;
        this.closesWhenStale =
                switch (freshness.whenStale()) {
                    case CLOSED -> true;
                    case OPEN -> false;
                };
        this.limitNanos = freshness.limit().toNanos();
        this.contents = new Contents(partitions);
        this.heardAtNanos = new AtomicLongArray(partitions);
        heard();
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
        if (contents.isNext(position.partition(), position.pseq())) {
            fold(EventCodec.decode(stored));
        }
    }

    /** The same for an event that was decoded before, on another thread perhaps. */
    public void apply(RecordedEvent recorded) {
        Position position = recorded.position();
        if (contents.isNext(position.partition(), position.pseq())) {
            fold(recorded);
        }
    }

    /** One listener hears of every usage that is folded from now on. */
    public void tellBookedUsage(UsageListener whom) {
        listener = whom;
    }

    private void fold(RecordedEvent recorded) {
        contents.fold(recorded);
        if (recorded.event() instanceof QuotaConsumed event
                && recorded.stream() instanceof TokenId token) {
            listener.booked(token, event);
        }
    }

    /** The folding thread's word on whether the view may be asked. */
    public void become(ViewStatus next) {
        status = next;
    }

    /** Forgets everything, to fold from the beginning again. Not before nobody may ask any more. */
    public void reset() {
        contents = new Contents(contents.partitions());
    }

    /** Begins with what a snapshot held. */
    public void restore(ViewSnapshot snapshot) {
        contents = snapshot.contents();
    }

    /** All of the view as of now, to be written by another thread while this one folds on. */
    public ViewCut cut() {
        return ViewCut.of(contents);
    }

    /** All partitions are known as they are now. */
    public void heard() {
        long now = nanos.getAsLong();
        for (int partition = 0; partition < heardAtNanos.length(); partition++) {
            heardAtNanos.set(partition, now);
        }
        oldestHeardAtNanos = now;
    }

    /**
     * All that Kafka had of a partition at a moment is in the view.
     *
     * @param asOfNanos the moment, by the clock of {@link #nanos()}
     */
    public void heard(int partition, long asOfNanos) {
        heardAtNanos.set(partition, asOfNanos);
        oldestHeardAtNanos = partitions().mapToLong(heardAtNanos::get).min().orElse(asOfNanos);
    }

    /** The view's clock. */
    public long nanos() {
        return nanos.getAsLong();
    }

    /**
     * How old what the view knows may be: for how long it cannot say that Kafka has nothing newer.
     * Before it ever could, how long this view waits.
     */
    public Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - oldestHeardAtNanos);
    }

    /** The age of one partition. */
    public Duration age(int partition) {
        return Duration.ofNanos(nanos.getAsLong() - heardAtNanos.get(partition));
    }

    public ViewStatus status() {
        return status;
    }

    /** Whether it has caught up with the ledger, be it a while ago. */
    public boolean ready() {
        return status instanceof ViewStatus.Ready;
    }

    /** Whether what it knows is older than allowed. */
    public boolean stale() {
        return nanos.getAsLong() - oldestHeardAtNanos > limitNanos;
    }

    /** Whether checks may be decided on it. */
    public boolean mayDecide() {
        return ready() && !(closesWhenStale && stale());
    }

    /** The token with such a secret, also one whose grace after a rotation may have ended. */
    public Optional<TokenEntry> find(LookupHash hash) {
        return Optional.ofNullable(contents.find(hash));
    }

    public Optional<TokenEntry> find(TokenId id) {
        return Optional.ofNullable(contents.find(id));
    }

    /** The last event of the partition that is wholly in the view; 0 before the first. */
    public Position position(int partition) {
        return new Position(partition, contents.applied(partition));
    }

    public IntStream partitions() {
        return IntStream.range(0, heardAtNanos.length());
    }

    /** Positions are dense and counted from 1, so their sum is the number of events. */
    public long eventsApplied() {
        Contents now = contents;
        return partitions().mapToLong(now::applied).sum();
    }

    public int tokens() {
        return contents.tokens();
    }

    public int accounts() {
        return contents.accounts();
    }
}
