package com.tokaify.ledger.enforcement.verify;

import com.tokaify.ledger.enforcement.access.AdmittedEndpoint;
import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.http.Answers;
import com.tokaify.ledger.enforcement.http.RequestBody;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.OfFace;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.service.access.Access;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;

/**
 * {@code POST /v1/verify}: the decision as JSON. Always 200, "no" is a successful answer; only 503
 * while this instance cannot decide. Any number of threads; waits for nothing.
 */
public final class VerifyEndpoint implements AdmittedEndpoint {
    public static final String PATH = "/v1/verify";

    private final Guard guard;
    private final OfFace counts;

    public VerifyEndpoint(Guard guard, OfFace counts) {
        this.guard = guard;
        this.counts = counts;
    }

    @Override
    public void answer(Access access, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        VerifyRequest verify =
                VerifyRequest.read(RequestBody.read(request, VerifyRequest.MAX_BODY_BYTES));
        Decision decision =
                guard.decide(
                        guard.identify(verify.secret()).within(access.scope()), verify.check());
        counts.add(decision.code());
        boolean decided = decision.code() != Code.VIEW_NOT_READY;
        if (!decided) {
            Answers.comeBack(response);
        }
        Answers.json(
                response,
                decided ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                VerifyAnswer.of(decision));
    }
}
