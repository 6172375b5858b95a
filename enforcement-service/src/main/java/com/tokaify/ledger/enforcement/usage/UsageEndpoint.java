package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.enforcement.decision.Code;
import com.tokaify.ledger.enforcement.http.Answers;
import com.tokaify.ledger.enforcement.http.Endpoint;
import com.tokaify.ledger.enforcement.http.RequestBody;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.usage.UsageReport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * {@code POST /v1/usage}: takes one usage or a list, and answers 202 once Kafka has all of it, 503
 * where it has not; then the gateway sends the same usage ids again.
 *
 * <p>Reading and resolving are quick and done on the request's platform thread. Waiting for Kafka
 * is not: that is left to a virtual thread through an asynchronous servlet request, so that checks,
 * which share the platform threads, never queue behind it, also when Kafka is away and every report
 * waits for its time-out. No more than a set number of requests wait at a time; one more is
 * answered 503 at once.
 */
public final class UsageEndpoint implements Endpoint {
    public static final String PATH = "/v1/usage";
    private static final String NOT_RECORDED = "USAGE_NOT_RECORDED";
    private static final Logger LOG = LoggerFactory.getLogger(UsageEndpoint.class);

    private final LocalView view;
    private final UsageResolver resolver;
    private final UsageLog log;
    private final InstantSource clock;
    private final Semaphore mayWait;

    public UsageEndpoint(
            LocalView view,
            UsageResolver resolver,
            UsageLog log,
            InstantSource clock,
            int maxInFlight) {
        this.view = view;
        this.resolver = resolver;
        this.log = log;
        this.clock = clock;
        this.mayWait = new Semaphore(maxInFlight);
    }

    private record Accepted(int accepted) {}

    @Override
    public void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        List<UsageItem> items =
                UsageItem.readAll(RequestBody.read(request, UsageItem.MAX_BODY_BYTES));
        if (!view.ready()) {
            Code code = Code.VIEW_NOT_READY;
            Answers.passingProblem(response, code.name(), code.message());
            return;
        }
        List<UsageReport> reports =
                resolver.resolve(items, clock.instant().truncatedTo(ChronoUnit.MICROS));
        AsyncContext context = request.startAsync();
        context.setTimeout(0); // the log has its own bound
        Thread.ofVirtual().name("usage").start(() -> answer(context, response, reports));
    }

    private void answer(
            AsyncContext context, HttpServletResponse response, List<UsageReport> reports) {
        try {
            record(response, reports);
        } catch (IOException e) {
            LOG.debug("the gateway has gone before its answer", e);
        } finally {
            context.complete();
        }
    }

    private void record(HttpServletResponse response, List<UsageReport> reports)
            throws IOException {
        if (!mayWait.tryAcquire()) {
            notRecorded(response, "Too many requests are waiting for Kafka.");
            return;
        }
        try {
            log.record(reports);
            Answers.json(
                    response,
                    HttpStatus.ACCEPTED,
                    StrictJson.MAPPER.writeValueAsBytes(new Accepted(reports.size())));
        } catch (UsageNotRecorded e) {
            LOG.warn("{} usage reports were refused: {}", reports.size(), e.getMessage());
            notRecorded(response, "Kafka has not acknowledged it in time.");
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
