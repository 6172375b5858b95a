package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.enforcement.access.Door;
import com.tokaify.ledger.enforcement.authz.AuthzAnswer.Header;
import com.tokaify.ledger.enforcement.authz.AuthzOptions.Compat;
import com.tokaify.ledger.enforcement.authz.AuthzOptions.ErrorFormat;
import com.tokaify.ledger.enforcement.authz.AuthzOptions.Profile;
import com.tokaify.ledger.enforcement.client.ClientAddress;
import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.http.GatewayCall;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.service.access.Scope;
import com.tokaify.ledger.service.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The one decision behind every protocol gateways ask in: finds the secret, the model and the
 * client in what they sent, decides, and says it as HTTP does. Allows with exactly 200 and no body,
 * since Envoy takes nothing else; what the upstream may want to know stands in headers. Refuses
 * with the status and the error body that the caller's library understands. Says its status and
 * reason in headers too, always, for a gateway that does not hand on the status or the body.
 *
 * <p>Any number of threads; waits for nothing but a body that is on its way.
 */
public final class AuthzHook {
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

    private final Door gateways;
    private final Guard guard;
    private final LocalView view;
    private final ClientAddress client;

    /**
     * @param gateways lets in who may ask
     */
    public AuthzHook(Door gateways, Guard guard, LocalView view, ClientAddress client) {
        this.gateways = gateways;
        this.guard = guard;
        this.view = view;
        this.client = client;
    }

    /**
     * @param path of the hook itself, before what gateways append to it
     */
    public AuthzAnswer answer(GatewayCall call, String path) throws IOException {
        AuthzOptions options = new AuthzOptions(Profile.PLAIN, ErrorFormat.OPENAI, Compat.NONE);
        try {
            OriginalUri original = OriginalUri.of(call, path);
            options = AuthzOptions.of(call, original);
            Scope scope;
            try {
                // The caller's own Authorization is about its token, never about the gateway.
                scope = gateways.admit(call.gatewayKey(), null).scope();
            } catch (ProblemException e) {
                Refusal refusal = Refusal.ofGateway(e.problem());
                return answer(call, null, false, refusal, options, new ArrayList<>());
            }
            Decision decision =
                    guard.decide(
                            guard.identify(SecretPlaces.find(call, original).orElse(null))
                                    .within(scope),
                            new Check(
                                    ModelPlaces.find(call, original),
                                    client.of(call).orElse(null),
                                    null));
            List<Header> headers = described(decision);
            return decision.code() == Code.OK
                    ? allowed(headers)
                    : refused(
                            call,
                            decision.code(),
                            Refusal.of(decision, options.compat()),
                            options,
                            headers);
        } catch (InvalidField e) {
            return refused(call, null, Refusal.of(e), options, new ArrayList<>());
        }
    }

    /** The refusal where something went wrong here, so that nobody knows what to decide. */
    public static AuthzAnswer failed() {
        Refusal refusal = Refusal.FAILED;
        List<Header> headers = new ArrayList<>();
        say(headers, refusal.status(), refusal.reason());
        headers.add(
                new Header(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfterSeconds())));
        return new AuthzAnswer(
                null,
                true,
                refusal.status(),
                headers,
                text(ErrorBody.of(refusal, ErrorFormat.OPENAI, null)));
    }

    private List<Header> described(Decision decision) {
        List<Header> headers = new ArrayList<>();
        switch (decision) {
            case Decision.Unidentified _ -> {}
            case Decision.Identified token -> {
                headers.add(new Header(TOKEN, token.tokenId().toString()));
                headers.add(new Header(ACCOUNT, token.accountId().toString()));
                headers.add(new Header(GROUP, token.group()));
                headers.add(new Header(REMAINING, textOf(token.remaining())));
                headers.add(new Header(SECRET_USED, token.secret().toString()));
                headers.add(new Header(Position.HEADER, token.position().toString()));
                headers.add(new Header(VIEW_AGE, Long.toString(view.age().toMillis())));
            }
        }
        return headers;
    }

    private static AuthzAnswer allowed(List<Header> headers) {
        int ok = HttpStatus.OK.value();
        say(headers, ok, Code.OK.name());
        return new AuthzAnswer(Code.OK, true, ok, headers, "");
    }

    private static AuthzAnswer refused(
            GatewayCall call,
            @Nullable Code code,
            Refusal refusal,
            AuthzOptions options,
            List<Header> headers) {
        return answer(call, code, true, refusal, options, headers);
    }

    private static AuthzAnswer answer(
            GatewayCall call,
            @Nullable Code code,
            boolean gatewayKnown,
            Refusal refusal,
            AuthzOptions options,
            List<Header> headers) {
        say(headers, refusal.status(), refusal.reason());
        String requestId = call.requestId();
        if (requestId != null && options.compat() == Compat.NEWAPI) {
            headers.add(new Header(NEW_API_REQUEST_ID, requestId));
        }
        String body = text(ErrorBody.of(refusal, options.format(), requestId));
        int status = status(headers, refusal, options.profile(), body);
        if (status == HttpStatus.UNAUTHORIZED.value()) {
            headers.add(new Header(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
        }
        if (refusal.retryAfterSeconds() > 0) {
            headers.add(
                    new Header(
                            HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfterSeconds())));
        }
        return new AuthzAnswer(code, gatewayKnown, status, headers, body);
    }

    private static int status(List<Header> headers, Refusal refusal, Profile profile, String body) {
        return switch (profile) {
            case PLAIN -> refusal.status();
            case NGINX -> {
                headers.add(new Header(BODY, body));
                yield refusal.status() == HttpStatus.UNAUTHORIZED.value()
                        ? refusal.status()
                        : HttpStatus.FORBIDDEN.value();
            }
        };
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.US_ASCII);
    }

    private static void say(List<Header> headers, int status, String reason) {
        headers.add(new Header(STATUS, Integer.toString(status)));
        headers.add(new Header(REASON, reason));
    }

    private static String textOf(@Nullable Long remaining) {
        return remaining == null ? UNLIMITED : Long.toString(remaining);
    }
}
