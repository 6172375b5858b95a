package com.tokaify.ledger.query.live;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One listener's answer, from the first line to the end: what it has missed, then what happens, and
 * a sign of life where nothing does. Runs on the request's virtual thread. Where the receiver is
 * slow that thread waits, until the server's time-out for writing or the feed's bound on what waits
 * ends it; nothing is lost by that, since the receiver comes back with the last id it has. It has
 * to come back after a while in any case: whoever may listen is asked at the beginning only.
 */
final class LiveAnswer {
    private final LiveFeed feed;
    private final Replay replay;
    private final Duration heartbeat;
    private final Duration longest;
    private final Out out;

    LiveAnswer(LiveFeed feed, Replay replay, Duration heartbeat, Duration longest, Out out) {
        this.feed = feed;
        this.replay = replay;
        this.heartbeat = heartbeat;
        this.longest = longest;
        this.out = out;
    }

    /** Where messages go. */
    interface Out {
        void write(LiveMessage message) throws IOException;

        /** Sends what has been written. */
        void flush() throws IOException;
    }

    /**
     * Returns when the listener is over, or has to come back.
     *
     * @param seen what the listener has received before; null where it begins
     * @throws IOException where nobody receives any more
     */
    void follow(Listener listener, @Nullable Mark seen) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Mark start = listener.start();
        if (seen != null) {
            if (replay.isPossible(seen, start)) {
                replay.run(seen, start, listener.scope(), out::write);
            } else {
                out.write(
                        LiveMessage.reset(
                                start,
                                start.covers(seen)
                                        ? "Too much has happened since."
                                        : "This view has not come so far."));
            }
        }
        out.write(LiveMessage.begin(start));
        out.flush();
        while (!listener.isOver() && System.nanoTime() - begin < longest.toNanos()) {
            Optional<LiveMessage> message = listener.next(heartbeat);
            if (message.isPresent()) {
                writeAll(listener, message);
            } else {
                Mark head = feed.head(); // before looking whether anything waits
                message = listener.next(Duration.ZERO);
                if (message.isPresent()) {
                    writeAll(listener, message);
                } else if (!listener.isOver()) {
                    out.write(LiveMessage.silence(head));
                }
            }
            out.flush();
        }
    }

    private void writeAll(Listener listener, Optional<LiveMessage> first)
            throws IOException, InterruptedException {
        Optional<LiveMessage> message = first;
        while (message.isPresent()) {
            out.write(message.get());
            message = listener.next(Duration.ZERO);
        }
    }
}
