package com.tokaify.ledger.query.audit;

import com.tokaify.ledger.service.access.Scope;
import com.tokaify.ledger.service.problem.ProblemException;
import com.tokaify.ledger.service.web.CutShort;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends exports, each on its request's virtual thread, in one read-only transaction that sees one
 * state of the ledger, row by row from a cursor straight into the answer: memory does not grow with
 * the number of events. Only a few run at a time, since each holds a connection, and the state it
 * sees keeps PostgreSQL from cleaning up behind it; further ones are asked to come again.
 *
 * <p>What goes wrong before the first byte is told as a problem. After it the connection is cut, so
 * that no client takes half an export for a whole one.
 */
final class Exports {
    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final String RETRY_AFTER_SECONDS = "10";

    private final AuditTable events;
    private final TransactionOperations readOnly;
    private final ExportSettings settings;
    private final InstantSource clock;
    private final Semaphore places;

    /**
     * @param readOnly transactions that only read
     */
    Exports(
            AuditTable events,
            TransactionOperations readOnly,
            ExportSettings settings,
            InstantSource clock) {
        this.events = events;
        this.readOnly = readOnly;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.atOnce());
    }

    /**
     * @throws CutShort where it fails after it has begun
     */
    void send(ExportQuery query, Scope scope, HttpServletResponse response) {
        if (!places.tryAcquire()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "TOO_MANY_EXPORTS",
                    "As many exports run as may at a time, %d; ask again."
                            .formatted(settings.atOnce()));
        }
        ExportAnswer answer =
                new ExportAnswer(response, query.format(), clock.instant(), settings.longest());
        try {
            readOnly.executeWithoutResult(_ ->
                    events.forEach(
                            query.filter(),
                            scope,
                            query.order(),
                            settings.longest(),
                            row -> answer.write(row.shown())));
            answer.end();
        } catch (ExportAnswer.ReceiverGone e) {
            LOG.debug("the receiver of an export has gone", e);
        } catch (RuntimeException e) {
            if (!answer.hasBegun()) {
                throw e;
            }
            LOG.warn("an export is cut after {} events: {}", answer.events(), e.toString());
            throw new CutShort(e);
        } finally {
            places.release();
        }
    }
}
