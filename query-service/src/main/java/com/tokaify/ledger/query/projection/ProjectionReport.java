package com.tokaify.ledger.query.projection;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How all projections stand: what PostgreSQL knows of each, and what the tail knows of the stream.
 */
final class ProjectionReport {
    private final List<String> names;
    private final PositionTable table;
    private final ViewPositions positions;
    private final ViewState state;
    private final StreamProgress progress;
    private final Rebuild rebuild;

    private ProjectionReport(
            List<String> names,
            PositionTable table,
            ViewPositions positions,
            ViewState state,
            StreamProgress progress,
            Rebuild rebuild) {
        this.names = names;
        this.table = table;
        this.positions = positions;
        this.state = state;
        this.progress = progress;
        this.rebuild = rebuild;
    }

    static ProjectionReport over(
            HikariDataSource source,
            ViewSet views,
            ViewPositions positions,
            ViewState state,
            StreamProgress progress,
            Rebuild rebuild) {
        return new ProjectionReport(
                views.over(source).stream().map(Projection::name).toList(),
                new PositionTable(JdbcClient.create(source)),
                positions,
                state,
                progress,
                rebuild);
    }

    boolean knows(String projection) {
        return names.contains(projection);
    }

    ProjectionOverview overview() {
        StreamProgress.Reading reading = progress.read();
        Map<String, List<PartitionStatus>> partitions = new TreeMap<>();
        names.forEach(name -> partitions.put(name, new ArrayList<>()));
        for (ProjectionPosition position : table.all(names)) {
            if (position.partition() < positions.partitions()) {
                partitions
                        .computeIfAbsent(position.projection(), _ -> new ArrayList<>())
                        .add(ofPartition(position, reading));
            }
        }
        return new ProjectionOverview(
                reading.age().map(Duration::toMillis).orElse(null),
                reading.lag(),
                Math.round(reading.eventsPerSecond()),
                names.stream()
                        .map(name -> ofProjection(name, partitions.getOrDefault(name, List.of())))
                        .toList(),
                rebuild.status().orElse(null));
    }

    private ProjectionStatus ofProjection(String name, List<PartitionStatus> partitions) {
        return new ProjectionStatus(
                name,
                state.isAnyStopped() && state.asAWhole() == ProjectionState.LIVE
                        ? ProjectionState.STOPPED
                        : state.asAWhole(),
                state.reason(),
                partitions.stream().mapToLong(PartitionStatus::lag).sum(),
                partitions);
    }

    private PartitionStatus ofPartition(
            ProjectionPosition position, StreamProgress.Reading reading) {
        int partition = position.partition();
        // What is stored is behind the last event; the tail has read the markers after it as well.
        long next =
                position.pseq() >= positions.pseq(partition)
                        ? Math.max(position.nextOffset(), reading.next()[partition])
                        : position.nextOffset();
        long end = reading.ends()[partition];
        return new PartitionStatus(
                partition,
                position.pseq(),
                next,
                end < 0 ? null : end,
                Math.max(0, end - next),
                state.stop(partition).map(StoppedPartition::of).orElse(null));
    }
}
