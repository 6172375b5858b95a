package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares, while the ledger runs, what lets it start faster the next time. One child after the
 * other on a thread of its own; where one cannot be prepared it starts as before.
 */
final class NextStart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NextStart.class);

    private final Thread thread;

    private NextStart(Thread thread) {
        this.thread = thread;
    }

    static NextStart of(List<List<Child>> stages) {
        List<Child> children = stages.stream().flatMap(List::stream).toList();
        return new NextStart(
                Thread.ofPlatform()
                        .name("next-start")
                        .daemon()
                        .start(() -> prepare(children)));
    }

    private static void prepare(List<Child> children) {
        for (Child child : children) {
            try {
                child.prepareNextStart();
            } catch (IOException e) {
                LOG.warn("{} will start no faster: {}", child.name(), e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Ends what is under way; the next run begins with it again. */
    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
