package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.enforcement.authz.AuthzOptions.Compat;
import com.tokaify.ledger.enforcement.authz.AuthzOptions.ErrorFormat;
import com.tokaify.ledger.enforcement.authz.AuthzOptions.Profile;
import com.tokaify.ledger.enforcement.client.ClientAddress;
import com.tokaify.ledger.enforcement.decision.Check;
import com.tokaify.ledger.enforcement.decision.Code;
import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.http.Answers;
import com.tokaify.ledger.enforcement.http.Endpoint;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.service.web.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * {@code /authz} and {@code /authz/**}, any method: the one hook for nginx {@code auth_request},
 * Envoy {@code ext_authz} over HTTP, Traefik ForwardAuth, Caddy {@code forward_auth} and APISIX
 * {@code forward-auth}. Allows with exactly 200 and no body, since Envoy takes nothing else; what
 * the upstream may want to know stands in headers. Refuses with the status and the error body that
 * the caller's library understands. Says its status and reason in headers too, always, for a
 * gateway that does not hand on the status or the body.
 *
 * <p>Any number of threads; waits for nothing but a body that is on its way.
 */
public final class AuthzEndpoint implements Endpoint {
    public static final String PATH = "/authz";
    public static final String PATHS_BELOW = "/authz/*";

    static final String STATUS = "X-Authz-Status";
    static final String REASON = "X-Authz-Reason";
    static final String BODY = "X-Authz-Body";
    static final String TOKEN = "X-Token-Id";
    static final String ACCOUNT = "X-Account-Id";
    static final String GROUP = "X-Token-Group";
    static final String REMAINING = "X-Token-Remaining";
    static final String SECRET_USED = "X-Secret-Used";
    static final String VIEW_AGE = "Ledger-View-Age-Ms";
    static final String UNLIMITED = "unlimited";

    private static final String NEW_API_REQUEST_ID = "X-Oneapi-Request-Id";

    private final Guard guard;
    private final LocalView view;
    private final ClientAddress client;

    public AuthzEndpoint(Guard guard, LocalView view, ClientAddress client) {
        this.guard = guard;
        this.view = view;
        this.client = client;
    }

    @Override
    public void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        AuthzOptions options = new AuthzOptions(Profile.PLAIN, ErrorFormat.OPENAI, Compat.NONE);
        try {
            OriginalUri original = OriginalUri.of(request, PATH);
            options = AuthzOptions.of(request, original);
            Decision decision =
                    guard.decide(
                            SecretPlaces.find(request, original).orElse(null),
                            new Check(
                                    ModelPlaces.find(request, original),
                                    client.of(request).orElse(null),
                                    null));
            describe(response, decision);
            if (decision.code() == Code.OK) {
                allow(response);
            } else {
                refuse(request, response, Refusal.of(decision, options.compat()), options);
            }
        } catch (InvalidField e) {
            refuse(request, response, Refusal.of(e), options);
        }
    }

    private void describe(HttpServletResponse response, Decision decision) {
        switch (decision) {
            case Decision.Unidentified _ -> {}
            case Decision.Identified token -> {
                response.setHeader(TOKEN, token.tokenId().toString());
                response.setHeader(ACCOUNT, token.accountId().toString());
                response.setHeader(GROUP, token.group());
                response.setHeader(REMAINING, textOf(token.remaining()));
                response.setHeader(SECRET_USED, token.secret().toString());
                response.setHeader(Position.HEADER, token.position().toString());
                response.setHeader(VIEW_AGE, Long.toString(view.age().toMillis()));
            }
        }
    }

    private static void allow(HttpServletResponse response) {
        int ok = HttpStatus.OK.value();
        say(response, ok, Code.OK.name());
        response.setStatus(ok);
        response.setContentLength(0);
    }

    private static void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            Refusal refusal,
            AuthzOptions options)
            throws IOException {
        say(response, refusal.status(), refusal.reason());
        String requestId = (String) request.getAttribute(RequestIdFilter.REQUEST_ID);
        if (requestId != null && options.compat() == Compat.NEWAPI) {
            response.setHeader(NEW_API_REQUEST_ID, requestId);
        }
        byte[] body = ErrorBody.of(refusal, options.format(), requestId);
        int status = status(response, refusal, options.profile(), body);
        if (status == HttpStatus.UNAUTHORIZED.value()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (refusal.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            Answers.comeBack(response);
        }
        Answers.json(response, HttpStatus.valueOf(status), body);
    }

    private static int status(
            HttpServletResponse response, Refusal refusal, Profile profile, byte[] body) {
        return switch (profile) {
            case PLAIN -> refusal.status();
            case NGINX -> {
                response.setHeader(BODY, new String(body, StandardCharsets.US_ASCII));
                yield refusal.status() == HttpStatus.UNAUTHORIZED.value()
                        ? refusal.status()
                        : HttpStatus.FORBIDDEN.value();
            }
        };
    }

    private static void say(HttpServletResponse response, int status, String reason) {
        response.setHeader(STATUS, Integer.toString(status));
        response.setHeader(REASON, reason);
    }

    private static String textOf(@Nullable Long remaining) {
        return remaining == null ? UNLIMITED : Long.toString(remaining);
    }
}
