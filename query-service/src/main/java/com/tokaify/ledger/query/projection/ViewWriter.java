package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies batches to all projections, each batch in one transaction together with the positions.
 *
 * <p>What has been applied is known to PostgreSQL alone: every transaction begins by locking the
 * positions it will move and applies only what lies beyond them. A batch that comes twice, after a
 * crash or through a second instance on the same database, therefore changes nothing; and a
 * projection that is new starts at the beginning while the others stay where they are.
 *
 * <p>Of several instances whoever comes first applies a batch, and goes on doing so; whoever comes
 * second waits for the lock, finds nothing to do, and from then on looks before it locks. Where the
 * first one is gone the look finds work, so that there is nothing to be taken over.
 */
final class ViewWriter {
    private final List<Projection> projections;
    private final List<String> names;
    private final PositionTable positions;
    private final TransactionOperations transaction;
    private final SideBySide sideBySide;
    private final Filling filling;
    private final int partitions;
    private volatile boolean fills;

    /** Whether another instance had applied the last batch before it could be applied here. */
    private boolean comesSecond;

    ViewWriter(
            List<Projection> projections,
            PositionTable positions,
            TransactionOperations transaction,
            Filling filling,
            int partitions) {
        this.projections = List.copyOf(projections);
        this.names = projections.stream().map(Projection::name).toList();
        this.positions = positions;
        this.transaction = transaction;
        this.sideBySide = new SideBySide(transaction);
        this.filling = filling;
        this.partitions = partitions;
    }

    /** Of all views there are, in the schema of this data source. */
    static ViewWriter over(DataSource source, ViewSet views, int partitions) {
        return new ViewWriter(
                views.over(source),
                new PositionTable(JdbcClient.create(source)),
                new TransactionTemplate(new JdbcTransactionManager(source)),
                new Filling(source),
                partitions);
    }

    List<String> names() {
        return names;
    }

    /** Where reading starts: per partition the position of the projection that is least far. */
    Collection<ProjectionPosition> start() {
        positions.complete(names, partitions);
        return leastPerPartition(
                positions.all(names).stream()
                        .filter(position -> position.partition() < partitions)
                        .toList());
    }

    /**
     * Prepares for a backlog.
     *
     * @param isLong whether it is worth while to fill an empty view without its indexes
     * @return whether the view is being filled, and {@link #endFilling} is to come
     */
    boolean beginFilling(boolean isLong) {
        fills = filling.isOn() || (isLong && filling.begin());
        return fills;
    }

    /**
     * Makes the indexes. No batch may be under way.
     *
     * @return false where that could not be right now
     */
    boolean endFilling() {
        fills = !filling.end();
        return !fills;
    }

    /**
     * What became of a batch.
     *
     * @param reached the partitions that were read, each at the position all projections have
     *     reached
     * @param stops partitions that end within the batch
     */
    record Applied(Collection<ProjectionPosition> reached, List<Stop> stops) {}

    /**
     * Applies what can be applied. An event that contradicts those before it, or that no table
     * takes, stops its partition there: all before it, and all of the other partitions, is applied.
     */
    Applied apply(EventBatch batch) {
        if (batch.nextOffsets().isEmpty()) {
            return new Applied(List.of(), batch.stops());
        }
        EventBatch left = batch;
        while (true) {
            EventBatch attempt = left;
            try {
                return new Applied(applyWhole(attempt), attempt.stops());
            } catch (BrokenStream e) {
                left = attempt.before(e.recorded(), e.stop());
            } catch (DataIntegrityViolationException | ArithmeticException e) {
                return applyAround(attempt, e);
            }
        }
    }

    /** Halves the batch until the one event is found that is to blame, and stops before it. */
    private Applied applyAround(EventBatch batch, RuntimeException refusal) {
        int count = batch.events().size();
        if (count == 0) {
            throw refusal;
        }
        if (count == 1) {
            RecordedEvent event = batch.events().getFirst().recorded();
            String reason =
                    "event %d of %s at %s cannot be written: %s"
                            .formatted(
                                    event.sequence(),
                                    event.stream(),
                                    event.position(),
                                    refusal.getMessage());
            return apply(batch.before(event, Stop.at(event, reason)));
        }
        Applied first = apply(batch.first(count / 2));
        return apply(batch.from(count / 2).without(first.stops()));
    }

    /** Which view this is; another one after it was replaced by one built anew. */
    long view() {
        return positions.view();
    }

    private Collection<ProjectionPosition> applyWhole(EventBatch batch) {
        if (fills) {
            List<ProjectionPosition> moved = applySideBySide(batch);
            if (fills) {
                return leastPerPartition(moved);
            }
        }
        return leastPerPartition(transaction.execute(_ -> applyTogether(batch)));
    }

    /** All projections move at once: whoever reads finds them at the same positions. */
    private List<ProjectionPosition> applyTogether(EventBatch batch) {
        if (comesSecond) {
            List<ProjectionPosition> there = positions.of(names, batch.nextOffsets().keySet());
            if (holdAll(there, batch)) {
                return there;
            }
        }
        Map<String, List<ProjectionPosition>> stored =
                positions.lock(names, batch.nextOffsets().keySet()).stream()
                        .collect(Collectors.groupingBy(ProjectionPosition::projection));
        List<ProjectionPosition> moved = new ArrayList<>();
        comesSecond = true;
        for (Projection projection : projections) {
            List<ProjectionPosition> before = stored.getOrDefault(projection.name(), List.of());
            List<ProjectionPosition> after = apply(projection, before, batch);
            comesSecond &= after.equals(before);
            moved.addAll(after);
        }
        if (!comesSecond) {
            positions.save(moved);
        }
        return moved;
    }

    /** Whether all events of the batch, and its offsets, lie behind these positions. */
    private static boolean holdAll(List<ProjectionPosition> stored, EventBatch batch) {
        Map<Integer, Long> last = new HashMap<>();
        for (ReceivedEvent event : batch.events()) {
            Position position = event.stored().position();
            last.merge(position.partition(), position.pseq(), Math::max);
        }
        return stored.stream()
                .allMatch(position ->
                        position.pseq() >= last.getOrDefault(position.partition(), 0L)
                                && position.nextOffset()
                                        >= batch.nextOffsets()
                                                .getOrDefault(position.partition(), 0L));
    }

    /**
     * Each projection in a transaction of its own, since one transaction is one process of
     * PostgreSQL, and one processor. Who read meanwhile might find the projections at different
     * positions; while a view is filled nobody does. Does nothing where it turns out to be filled.
     */
    private List<ProjectionPosition> applySideBySide(EventBatch batch) {
        return sideBySide
                .run(projections.stream().map(each -> new Part(each, batch)).toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private final class Part
            implements SideBySide.Piece<List<ProjectionPosition>, List<ProjectionPosition>> {
        private final Projection projection;
        private final EventBatch batch;

        Part(Projection projection, EventBatch batch) {
            this.projection = projection;
            this.batch = batch;
        }

        @Override
        public List<ProjectionPosition> lock() {
            List<ProjectionPosition> locked =
                    positions.lock(List.of(projection.name()), batch.nextOffsets().keySet());
            // Another instance may have ended it, which it did before this lock was to be had.
            if (fills && !filling.isOn()) {
                fills = false;
            }
            return locked;
        }

        @Override
        public List<ProjectionPosition> work(List<ProjectionPosition> stored) {
            if (!fills) {
                return List.of();
            }
            List<ProjectionPosition> moved = apply(projection, stored, batch);
            positions.save(moved);
            return moved;
        }
    }

    /** What a projection has not seen of the batch; its positions are locked, and then moved. */
    private static List<ProjectionPosition> apply(
            Projection projection, List<ProjectionPosition> stored, EventBatch batch) {
        Map<Integer, Long> reached = new HashMap<>();
        stored.forEach(position -> reached.put(position.partition(), position.pseq()));
        List<ReceivedEvent> unseen = unseen(batch.events(), reached);
        if (!unseen.isEmpty()) {
            projection.applyReceived(unseen);
        }
        return stored.stream()
                .map(position -> moved(position, reached, batch.nextOffsets()))
                .toList();
    }

    /** The events beyond the positions, which are moved along. */
    private static List<ReceivedEvent> unseen(
            List<ReceivedEvent> events, Map<Integer, Long> reached) {
        List<ReceivedEvent> unseen = new ArrayList<>(events.size());
        for (ReceivedEvent event : events) {
            Position position = event.stored().position();
            int partition = position.partition();
            long pseq = position.pseq();
            long last = reached.getOrDefault(partition, 0L);
            if (pseq > last + 1) {
                throw new IllegalStateException(
                        "partition "
                                + partition
                                + ": the stored position went back to "
                                + last
                                + " while reading was at "
                                + pseq);
            }
            if (pseq == last + 1) {
                unseen.add(event);
                reached.put(partition, pseq);
            }
        }
        return unseen;
    }

    private static ProjectionPosition moved(
            ProjectionPosition stored, Map<Integer, Long> reached, Map<Integer, Long> nextOffsets) {
        int partition = stored.partition();
        return new ProjectionPosition(
                stored.projection(),
                partition,
                reached.getOrDefault(partition, stored.pseq()),
                Math.max(
                        stored.nextOffset(),
                        nextOffsets.getOrDefault(partition, stored.nextOffset())));
    }

    private static Collection<ProjectionPosition> leastPerPartition(
            List<ProjectionPosition> positions) {
        Map<Integer, ProjectionPosition> least = new HashMap<>();
        for (ProjectionPosition position : positions) {
            least.merge(position.partition(), position, (a, b) -> a.pseq() <= b.pseq() ? a : b);
        }
        return least.values();
    }
}
