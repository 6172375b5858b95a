package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.HttpConnection.Answer;
import java.io.IOException;
import java.util.List;

/** Command-service's HTTP API, on one connection. Used by one thread at a time. */
final class HttpBookkeeper implements Bookkeeper {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final String BOOKED = "\"booked\":true";

    private final HttpConnection connection;

    HttpBookkeeper(int port) throws IOException {
        this.connection = new HttpConnection(port);
    }

    @Override
    public void book(List<Usage> usages) throws IOException {
        if (usages.size() == 1) {
            bookOne(usages.getFirst());
        } else {
            bookBulk(usages);
        }
    }

    private void bookOne(Usage usage) throws IOException {
        Answer answer =
                connection.post(
                        "/v1/tokens/" + usage.tokenId() + "/consumptions", "{" + fields(usage));
        if (answer.status() != CREATED) {
            throw refused(answer);
        }
    }

    private void bookBulk(List<Usage> usages) throws IOException {
        StringBuilder body = new StringBuilder("[");
        for (Usage usage : usages) {
            body.append(body.length() > 1 ? "," : "")
                    .append("{\"tokenId\":\"")
                    .append(usage.tokenId())
                    .append("\",")
                    .append(fields(usage));
        }
        Answer answer = connection.post("/v1/consumptions", body.append("]").toString());
        if (answer.status() != OK || booked(answer.body()) != usages.size()) {
            throw refused(answer);
        }
    }

    private static String fields(Usage usage) {
        return "\"usageId\":\""
                + usage.usageId()
                + "\",\"amount\":"
                + usage.amount()
                + ",\"model\":\""
                + Usage.MODEL
                + "\"}";
    }

    /** Counts without a parser, which would cost the generator more than the answer is worth. */
    private static int booked(String body) {
        int count = 0;
        for (int at = body.indexOf(BOOKED);
                at >= 0;
                at = body.indexOf(BOOKED, at + BOOKED.length())) {
            count++;
        }
        return count;
    }

    private static IOException refused(Answer answer) {
        return new IOException("the service answered " + answer.status() + ": " + answer.body());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
