package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.StartFailure;
import java.io.IOException;
import java.util.List;

/**
 * Prepares, while the ledger runs, what lets it start faster the next time. One child after the
 * other on a thread of its own; where one cannot be prepared it starts as before.
 */
final class NextStart {
    private final Thread thread;

    private NextStart(Thread thread) {
        this.thread = thread;
    }

    static NextStart of(List<List<Child>> stages, Terminal terminal) {
        List<Child> children = stages.stream().flatMap(List::stream).toList();
        return new NextStart(
                Thread.ofPlatform()
                        .name("next-start")
                        .daemon()
                        .start(() -> prepare(children, terminal)));
    }

    private static void prepare(List<Child> children, Terminal terminal) {
        for (Child child : children) {
            try {
                child.prepareNextStart();
            } catch (StartFailure e) {
                terminal.line(notFaster(child) + e.line());
            } catch (IOException e) {
                terminal.line(notFaster(child) + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static String notFaster(Child child) {
        return String.format("  %-20s will not start faster the next time: ", child.name());
    }

    /** Ends what is under way; the next run begins with it again. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
