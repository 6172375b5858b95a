package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.enforcement.http.Answers;
import com.tokaify.ledger.events.usage.UsageReport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that wait until their usage is durable. Each waits on a virtual thread of its own
 * through an asynchronous servlet request, so that checks, which share the platform threads, never
 * queue behind it, also when Kafka is away and every report waits for its time-out. No more than a
 * set number wait at a time; one more is answered 503 at once.
 */
public final class RecordingRequests {
    private static final String NOT_RECORDED = "USAGE_NOT_RECORDED";
    private static final Logger LOG = LoggerFactory.getLogger(RecordingRequests.class);

    private final PendingUsage pending;
    private final UsageRecorder recorder;
    private final Semaphore mayWait;

    public RecordingRequests(PendingUsage pending, UsageRecorder recorder, int maxInFlight) {
        this.pending = pending;
        this.recorder = recorder;
        this.mayWait = new Semaphore(maxInFlight);
    }

    /** Answers once the usage is durable. */
    @FunctionalInterface
    public interface Answer {
        void write(HttpServletResponse response) throws IOException;
    }

    /**
     * Counts the reports as spent at once, and answers when they are durable, or cannot be made.
     */
    public void record(
            HttpServletRequest request,
            HttpServletResponse response,
            List<UsageReport> reports,
            Answer answer) {
        AsyncContext context = request.startAsync();
        context.setTimeout(0); // the recorder has its own bound
        Thread.ofVirtual()
                .name("usage")
                .start(() -> answerAfterwards(context, response, reports, answer));
    }

    private void answerAfterwards(
            AsyncContext context,
            HttpServletResponse response,
            List<UsageReport> reports,
            Answer answer) {
        try {
            record(response, reports, answer);
        } catch (IOException e) {
            LOG.debug("the gateway has gone before its answer", e);
        } finally {
            context.complete();
        }
    }

    private void record(HttpServletResponse response, List<UsageReport> reports, Answer answer)
            throws IOException {
        if (!mayWait.tryAcquire()) {
            notRecorded(response, "Too many requests are waiting for Kafka.");
            return;
        }
        try {
            pending.expect(reports);
            recorder.record(reports);
            answer.write(response);
        } catch (UsageNotRecorded e) {
            LOG.warn("{} usage reports were refused: {}", reports.size(), e.why());
            notRecorded(response, e.why());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            notRecorded(response, "This instance is going down.");
        } catch (RuntimeException e) {
            Answers.unexpected(response, e);
        } finally {
            mayWait.release();
        }
    }

    private static void notRecorded(HttpServletResponse response, String why) throws IOException {
        Answers.passingProblem(
                response,
                NOT_RECORDED,
                "The usage is not safely recorded; send it again with the same usageId. " + why);
    }
}
