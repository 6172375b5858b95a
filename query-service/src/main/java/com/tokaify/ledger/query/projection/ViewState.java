package com.tokaify.ledger.query.projection;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the view may be relied on, and if not, why. Written by the tail's thread, read by health
 * checks. Every change of mind is logged once, however often the attempt is repeated.
 */
public final class ViewState {
    private static final Logger LOG = LoggerFactory.getLogger(ViewState.class);

    private final ConcurrentMap<Integer, String> stopped = new ConcurrentHashMap<>();
    private volatile @Nullable String behind = "is starting";
    private volatile @Nullable String failure;

    /** Since its start the view has not yet come to where the stream ended then. */
    public void behind(String reason) {
        if (behind != null && !reason.equals(behind)) {
            LOG.info("the view {}", reason);
            behind = reason;
        }
    }

    /** The view has come to where the stream ended at its start. From now on it follows. */
    public void caughtUp() {
        if (behind != null) {
            LOG.info("the view has caught up");
            behind = null;
        }
    }

    /** The view stands still; the tail tries again. */
    public void failing(String reason, Throwable cause) {
        if (!reason.equals(failure)) {
            LOG.error("the view {}", reason, cause);
            failure = reason;
        }
    }

    /** What failed works again. */
    public void working() {
        if (failure != null) {
            LOG.info("the view moves again");
            failure = null;
        }
    }

    /**
     * A partition cannot be followed any further, until the view is rebuilt or the stream mended.
     */
    public void stopped(int partition, String reason) {
        if (stopped.putIfAbsent(partition, reason) == null) {
            LOG.error("partition {} has stopped: {}", partition, reason);
        }
    }

    public boolean isStopped(int partition) {
        return stopped.containsKey(partition);
    }

    public boolean isBehind() {
        return behind != null;
    }

    /** Why the view may not be relied on, by topic of complaint; empty where it may. */
    public Map<String, String> complaints() {
        Map<String, String> complaints = new TreeMap<>();
        put(complaints, "behind", behind);
        put(complaints, "failing", failure);
        stopped.forEach((partition, reason) -> complaints.put("partition " + partition, reason));
        return complaints;
    }

    private static void put(
            Map<String, String> complaints, String topic, @Nullable String complaint) {
        if (complaint != null) {
            complaints.put(topic, complaint);
        }
    }
}
