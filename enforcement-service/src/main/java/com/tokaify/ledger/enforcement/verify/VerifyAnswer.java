package com.tokaify.ledger.enforcement.verify;

import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.enforcement.http.JsonText;
import com.tokaify.ledger.enforcement.http.JsonText.Name;
import com.tokaify.ledger.events.rules.Code;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A decision as the JSON of {@code POST /v1/verify}: always {@code valid}, {@code code} and {@code
 * message}; where the secret matched also {@code tokenId}, {@code accountId}, {@code group}, {@code
 * secret} (which: {@code current} or {@code previous}), {@code remaining} (units, null is
 * unlimited), {@code expiresAt} (null is never) and {@code position}; where waiting helps, {@code
 * retryAfterSeconds}.
 */
public final class VerifyAnswer {
    private static final Name VALID = Name.of("valid");
    private static final Name CODE = Name.of("code");
    private static final Name MESSAGE = Name.of("message");
    private static final Name TOKEN_ID = Name.of("tokenId");
    private static final Name ACCOUNT_ID = Name.of("accountId");
    private static final Name GROUP = Name.of("group");
    private static final Name SECRET = Name.of("secret");
    private static final Name REMAINING = Name.of("remaining");
    private static final Name EXPIRES_AT = Name.of("expiresAt");
    private static final Name POSITION = Name.of("position");
    private static final Name RETRY_AFTER_SECONDS = Name.of("retryAfterSeconds");

    private VerifyAnswer() {}

    static byte[] of(Decision decision) {
        return of(decision, _ -> {});
    }

    /** The same with more at its end, for answers that are a decision and something beside it. */
    public static byte[] of(Decision decision, Consumer<JsonText> more) {
        JsonText json = new JsonText();
        json.field(VALID, decision.code() == Code.OK);
        json.field(CODE, decision.code().name());
        json.field(MESSAGE, decision.message());
        switch (decision) {
            case Decision.Unidentified _ -> {}
            case Decision.Identified token -> write(json, token);
        }
        more.accept(json);
        return json.end();
    }

    private static void write(JsonText json, Decision.Identified token) {
        json.field(TOKEN_ID, token.tokenId().toString());
        json.field(ACCOUNT_ID, token.accountId().toString());
        json.field(GROUP, token.group());
        json.field(SECRET, token.secret().toString());
        json.field(REMAINING, token.remaining());
        json.field(EXPIRES_AT, Objects.toString(token.expiresAt(), null));
        json.field(POSITION, token.position().toString());
        if (token.retryAfterSeconds() > 0) {
            json.field(RETRY_AFTER_SECONDS, token.retryAfterSeconds());
        }
    }
}
