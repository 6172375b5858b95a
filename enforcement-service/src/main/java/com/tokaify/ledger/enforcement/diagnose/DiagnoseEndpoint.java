package com.tokaify.ledger.enforcement.diagnose;

import com.tokaify.ledger.enforcement.access.AdmittedEndpoint;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.decision.Identity;
import com.tokaify.ledger.enforcement.http.Answers;
import com.tokaify.ledger.enforcement.http.RequestBody;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;

/**
 * {@code POST /v1/diagnose}: "I created a token but it doesn't work", answered. Judges by the same
 * rules on the same view as {@code POST /v1/verify} and says what each of them finds. Always 200;
 * only 503 while this instance cannot decide. Any number of threads; waits for nothing.
 */
public final class DiagnoseEndpoint implements AdmittedEndpoint {
    public static final String PATH = "/v1/diagnose";

    private final Guard guard;

    public DiagnoseEndpoint(Guard guard) {
        this.guard = guard;
    }

    @Override
    public void answer(Access access, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Diagnosis diagnosis =
                diagnose(
                        DiagnoseRequest.read(
                                RequestBody.read(request, DiagnoseRequest.MAX_BODY_BYTES)),
                        access.scope());
        boolean decided = diagnosis.code() != Code.VIEW_NOT_READY;
        if (!decided) {
            Answers.comeBack(response);
        }
        Answers.json(
                response,
                decided ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                DiagnoseAnswer.of(diagnosis));
    }

    private Diagnosis diagnose(DiagnoseRequest request, Scope scope) {
        TokenId tokenId = request.tokenId();
        Diagnosis diagnosis =
                tokenId == null
                        ? Diagnosis.ofSecret(
                                guard.identify(request.secret()).within(scope), request.check())
                        : Diagnosis.ofToken(guard.identify(tokenId).within(scope), request.check());
        Identity.Known known = diagnosis.known();
        return known == null
                ? diagnosis
                : diagnosis.and(
                        RateFinding.of(
                                known.token().rateLimits(), guard.rateOf(known, request.check())));
    }
}
