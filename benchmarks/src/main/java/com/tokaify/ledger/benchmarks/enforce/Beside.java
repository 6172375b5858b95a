package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.Measurement;
import com.tokaify.ledger.benchmarks.Trial;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A load that is measured while another one, of which only the effect is looked at, asks the same
 * server as fast as it can from a thread of its own.
 */
record Beside(WireLoad measured, WireLoad other) implements Trial {

    @Override
    public Measurement run(Duration warmUp, Duration window) throws Exception {
        CompletableFuture<Void> meanwhile = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("other load")
                .start(() -> {
                    try {
                        other.run(warmUp, window);
                        meanwhile.complete(null);
                    } catch (Exception | Error e) {
                        meanwhile.completeExceptionally(e);
                    }
                });
        Measurement measurement = measured.run(warmUp, window);
        try {
            meanwhile.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the load beside it failed", e.getCause());
        }
        return measurement;
    }
}
