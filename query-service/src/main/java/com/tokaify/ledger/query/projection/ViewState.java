package com.tokaify.ledger.query.projection;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a view may be relied on, and if not, why. Written by its tail's thread, read by health
 * checks and requests. Every change of mind is logged once, however often the attempt is repeated.
 * In memory only: whether a partition can be followed is found out anew by every session that
 * starts without knowing of a stop, so that a new version, or a view built anew, goes on by itself.
 */
public final class ViewState {
    private static final Logger LOG = LoggerFactory.getLogger(ViewState.class);

    private final String view;
    private final ConcurrentMap<Integer, Stop> stopped = new ConcurrentHashMap<>();
    private volatile @Nullable String behind = "is starting";
    private volatile @Nullable String waiting;
    private volatile @Nullable String failure;

    /** Of the view that is served. */
    public ViewState() {
        this("the view");
    }

    /**
     * @param view what it is called in the log
     */
    ViewState(String view) {
        this.view = view;
    }

    /** Since its start the view has not yet come to where the stream ended then. */
    public void behind(String reason) {
        if (behind != null && !reason.equals(behind)) {
            LOG.info("{} {}", view, reason);
            behind = reason;
        }
    }

    /** There is nothing to follow right now; the tail tries again. */
    public void waiting(String reason) {
        waiting = reason;
        behind(reason);
    }

    /** The view has come to where the stream ended at its start. From now on it follows. */
    public void caughtUp() {
        if (behind != null) {
            LOG.info("{} has caught up", view);
            behind = null;
        }
    }

    /** The view stands still; the tail tries again. */
    public void failing(String reason, Throwable cause) {
        if (!reason.equals(failure)) {
            LOG.error("{} {}", view, reason, cause);
            failure = reason;
        }
    }

    /** Kafka has answered. */
    void answered() {
        waiting = null;
    }

    /** What failed works again. */
    public void working() {
        if (failure != null) {
            LOG.info("{} moves again", view);
            failure = null;
        }
    }

    /**
     * A partition cannot be followed any further, until the view is rebuilt or the stream mended.
     */
    void stopped(Stop stop) {
        if (stopped.putIfAbsent(stop.partition(), stop) == null) {
            LOG.error("{}: partition {} has stopped: {}", view, stop.partition(), stop.reason());
        }
    }

    /** Another view stands where this one stood: whether its partitions stop is to be seen. */
    void replaced() {
        LOG.info("{} has been replaced by one built anew", view);
        stopped.clear();
    }

    public boolean isStopped(int partition) {
        return stopped.containsKey(partition);
    }

    boolean isAnyStopped() {
        return !stopped.isEmpty();
    }

    /** The partitions that have stopped, by number. */
    List<Stop> stops() {
        return stopped.values().stream().sorted(Comparator.comparingInt(Stop::partition)).toList();
    }

    Optional<Stop> stop(int partition) {
        return Optional.ofNullable(stopped.get(partition));
    }

    public boolean isBehind() {
        return behind != null;
    }

    /** How the view stands as a whole, the worst first; a single partition may be worse off. */
    ProjectionState asAWhole() {
        if (failure != null) {
            return ProjectionState.FAILING;
        }
        if (waiting != null) {
            return ProjectionState.WAITING;
        }
        return behind == null ? ProjectionState.LIVE : ProjectionState.CATCHING_UP;
    }

    /** What it waits for, why it fails, or what it is doing; null where it just follows. */
    @Nullable String reason() {
        String fails = failure;
        String waits = waiting;
        return fails != null ? fails : waits != null ? waits : behind;
    }

    /** Why the view may not be relied on, by topic of complaint; empty where it may. */
    public Map<String, String> complaints() {
        Map<String, String> complaints = new TreeMap<>();
        put(complaints, "behind", behind);
        put(complaints, "failing", failure);
        stopped.forEach(
                (partition, stop) -> complaints.put("partition " + partition, stop.reason()));
        return complaints;
    }

    private static void put(
            Map<String, String> complaints, String topic, @Nullable String complaint) {
        if (complaint != null) {
            complaints.put(topic, complaint);
        }
    }
}
