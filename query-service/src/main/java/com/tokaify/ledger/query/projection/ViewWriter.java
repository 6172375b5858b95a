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
 */
final class ViewWriter {
    private final List<Projection> projections;
    private final List<String> names;
    private final PositionTable positions;
    private final TransactionOperations transaction;
    private final int partitions;

    ViewWriter(
            List<Projection> projections,
            PositionTable positions,
            TransactionOperations transaction,
            int partitions) {
        this.projections = List.copyOf(projections);
        this.names = projections.stream().map(Projection::name).toList();
        this.positions = positions;
        this.transaction = transaction;
        this.partitions = partitions;
    }

    /** Of all views there are, in the schema of this data source. */
    static ViewWriter over(DataSource source, ViewSet views, int partitions) {
        return new ViewWriter(
                views.over(source),
                new PositionTable(JdbcClient.create(source)),
                new TransactionTemplate(new JdbcTransactionManager(source)),
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
                return new Applied(
                        transaction.execute(_ -> applyInTransaction(attempt)), attempt.stops());
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

    private Collection<ProjectionPosition> applyInTransaction(EventBatch batch) {
        Map<String, List<ProjectionPosition>> stored =
                positions.lock(names, batch.nextOffsets().keySet()).stream()
                        .collect(Collectors.groupingBy(ProjectionPosition::projection));
        List<ProjectionPosition> moved = new ArrayList<>();
        for (Projection projection : projections) {
            List<ProjectionPosition> from = stored.getOrDefault(projection.name(), List.of());
            Map<Integer, Long> reached = new HashMap<>();
            from.forEach(position -> reached.put(position.partition(), position.pseq()));
            List<ReceivedEvent> unseen = unseen(batch.events(), reached);
            if (!unseen.isEmpty()) {
                projection.applyReceived(unseen);
            }
            from.forEach(position -> moved.add(moved(position, reached, batch.nextOffsets())));
        }
        positions.save(moved);
        return leastPerPartition(moved);
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
