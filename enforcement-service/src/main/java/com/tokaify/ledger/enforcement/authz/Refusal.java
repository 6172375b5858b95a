package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.enforcement.authz.AuthzOptions.Compat;
import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.service.problem.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A refusal in the words of the field: what an OpenAI client is told. The table of statuses is
 * decision 0016's.
 *
 * @param status of HTTP
 * @param reason stable and for programs, e.g. {@code QUOTA_EXHAUSTED}
 * @param type OpenAI's class of errors
 * @param code OpenAI's or new-api's code
 * @param param the field of the call that is to blame, where it is one
 * @param retryAfterSeconds when to come back; 0 where waiting alone does not help
 */
record Refusal(
        int status,
        String reason,
        String type,
        String code,
        @Nullable String param,
        String message,
        long retryAfterSeconds) {
    private static final long SOON_SECONDS = 1;

    /** Of a call that could not be decided, for no reason of its own. */
    static final Refusal FAILED =
            new Refusal(
                    503,
                    "INTERNAL_ERROR",
                    "server_error",
                    "internal_error",
                    null,
                    "Something went wrong here; it is logged.",
                    SOON_SECONDS);

    /** Of a gateway that may not ask: nothing is said of its caller's token. */
    static Refusal ofGateway(Problem problem) {
        return new Refusal(
                problem.status(),
                problem.code(),
                "server_error",
                "gateway_" + problem.code().toLowerCase(Locale.ROOT),
                null,
                "The gateway may not ask the ledger. " + problem.detail(),
                problem.status() == HttpStatus.SERVICE_UNAVAILABLE.value() ? SOON_SECONDS : 0);
    }

    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final String QUOTA = "insufficient_quota";
    private static final String NEW_API = "new_api_error";

    static Refusal of(Decision decision, Compat compat) {
        return switch (compat) {
            case NONE -> of(decision);
            case NEWAPI -> asNewApi(of(decision), decision.code());
        };
    }

    static Refusal of(InvalidField e) {
        return new Refusal(
                400,
                "INVALID_REQUEST",
                INVALID_REQUEST,
                "invalid_request",
                e.field(),
                e.field() + " " + e.rule(),
                0);
    }

    private static Refusal of(Decision decision) {
        Code code = decision.code();
        return switch (code) {
            case OK -> throw new IllegalArgumentException("an allowed call is not refused");
            case TOKEN_MISSING -> refusal(401, decision, INVALID_REQUEST, "token_missing");
            case TOKEN_NOT_FOUND -> refusal(401, decision, INVALID_REQUEST, "invalid_api_key");
            case TOKEN_DELETED -> refusal(401, decision, INVALID_REQUEST, "token_deleted");
            case TOKEN_DISABLED -> refusal(401, decision, INVALID_REQUEST, "token_disabled");
            case TOKEN_EXPIRED -> refusal(401, decision, INVALID_REQUEST, "token_expired");
            case IP_NOT_ALLOWED -> refusal(403, decision, INVALID_REQUEST, "access_denied");
            case MODEL_MISSING -> refusal(400, decision, INVALID_REQUEST, "model_missing");
            case MODEL_NOT_ALLOWED -> refusal(403, decision, INVALID_REQUEST, "model_not_allowed");
            case ACCOUNT_SUSPENDED -> refusal(403, decision, INVALID_REQUEST, "account_suspended");
            case BALANCE_INSUFFICIENT -> refusal(403, decision, QUOTA, "insufficient_user_quota");
            case QUOTA_EXHAUSTED -> refusal(429, decision, QUOTA, QUOTA);
            case RATE_LIMITED -> refusal(429, decision, "rate_limit_error", "rate_limit_exceeded");
            case VIEW_NOT_READY -> refusal(503, decision, "server_error", "ledger_stale");
        };
    }

    /** new-api calls every error its own, and refuses an exhausted key as it does a wrong one. */
    private static Refusal asNewApi(Refusal refusal, Code code) {
        boolean exhausted = code == Code.QUOTA_EXHAUSTED;
        return new Refusal(
                exhausted ? 401 : refusal.status,
                refusal.reason,
                NEW_API,
                exhausted ? "pre_consume_token_quota_failed" : refusal.code,
                refusal.param,
                refusal.message,
                refusal.retryAfterSeconds);
    }

    private static Refusal refusal(int status, Decision decision, String type, String code) {
        boolean ofModel =
                decision.code() == Code.MODEL_MISSING || decision.code() == Code.MODEL_NOT_ALLOWED;
        return new Refusal(
                status,
                decision.code().name(),
                type,
                code,
                ofModel ? "model" : null,
                decision.message(),
                decision.code() == Code.VIEW_NOT_READY
                        ? SOON_SECONDS
                        : decision.retryAfterSeconds());
    }
}
