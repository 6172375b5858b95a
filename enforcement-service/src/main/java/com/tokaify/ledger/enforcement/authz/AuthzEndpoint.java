package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.enforcement.authz.AuthzAnswer.Header;
import com.tokaify.ledger.enforcement.http.Answers;
import com.tokaify.ledger.enforcement.http.Endpoint;
import com.tokaify.ledger.enforcement.http.ServletCall;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.OfFace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;

/**
 * {@code /authz} and {@code /authz/**}, any method: the one hook for nginx {@code auth_request},
 * Envoy {@code ext_authz} over HTTP, Traefik ForwardAuth, Caddy {@code forward_auth} and APISIX
 * {@code forward-auth}. {@link AuthzHook} says what is answered; any number of threads.
 */
public final class AuthzEndpoint implements Endpoint {
    public static final String PATH = "/authz";
    public static final String PATHS_BELOW = "/authz/*";

    private final AuthzHook hook;
    private final OfFace counts;

    public AuthzEndpoint(AuthzHook hook, OfFace counts) {
        this.hook = hook;
        this.counts = counts;
    }

    @Override
    public void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        AuthzAnswer answer = hook.answer(new ServletCall(request), PATH);
        counts.add(answer.gatewayKnown(), answer.code());
        for (Header header : answer.headers()) {
            // Added, not set: no other is of its name, and setting looks through all of them first.
            response.addHeader(header.name(), header.value());
        }
        if (answer.allowed()) {
            response.setStatus(answer.status());
            response.setContentLength(0);
        } else {
            Answers.json(
                    response,
                    HttpStatus.valueOf(answer.status()),
                    answer.body().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
