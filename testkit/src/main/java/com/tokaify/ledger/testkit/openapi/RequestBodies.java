package com.tokaify.ledger.testkit.openapi;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Reads a request's body once more, which every publisher but that of a single stream allows. */
final class RequestBodies {
    private RequestBodies() {}

    static byte[] bytes(HttpRequest request) {
        Collector collector = new Collector();
        request.bodyPublisher().orElseGet(HttpRequest.BodyPublishers::noBody).subscribe(collector);
        return collector.bytes.join();
    }

    private static final class Collector implements Flow.Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            collected.writeBytes(part);
        }

        @Override
        public void onError(Throwable error) {
            bytes.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            bytes.complete(collected.toByteArray());
        }
    }
}
