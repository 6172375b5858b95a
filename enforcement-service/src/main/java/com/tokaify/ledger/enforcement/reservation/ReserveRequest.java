package com.tokaify.ledger.enforcement.reservation;

import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.http.JsonBody;
import com.tokaify.ledger.enforcement.settings.ReservationSettings;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.rules.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/reservations}: {@code {secret, model?, ip?, amount, requestId?,
 * timeoutSeconds?}}.
 *
 * @param requestId names the request within its token, so that it may be sent again
 */
record ReserveRequest(@Nullable GivenSecret secret, @Nullable String requestId, Reserve reserve) {
    static final int MAX_BODY_BYTES = 64 * 1024;

    ReserveRequest {
        if (requestId != null) {
            FieldRules.usageId("requestId", requestId);
        }
    }

    /**
     * What is to be reserved; two requests under one id must agree in it.
     *
     * @param timeout null is the instance's own
     */
    record Reserve(Check check, long amount, @Nullable Duration timeout) {
        Reserve {
            if (timeout != null
                    && (timeout.compareTo(ReservationSettings.SHORTEST) < 0
                            || timeout.compareTo(ReservationSettings.LONGEST) > 0)) {
                throw new InvalidField(
                        "timeoutSeconds",
                        "must be "
                                + ReservationSettings.SHORTEST.toSeconds()
                                + " to "
                                + ReservationSettings.LONGEST.toSeconds());
            }
        }
    }

    /**
     * @throws InvalidField where the body breaks a rule
     */
    static ReserveRequest read(byte[] body) {
        return JsonBody.object(body, ReserveRequest::read);
    }

    private static ReserveRequest read(JsonBody json) {
        String secret = null;
        String model = null;
        String ip = null;
        Long amount = null;
        String requestId = null;
        Long timeoutSeconds = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "secret" -> secret = json.text();
                case "model" -> model = json.text();
                case "ip" -> ip = json.text();
                case "amount" -> amount = json.wholeNumber();
                case "requestId" -> requestId = json.text();
                case "timeoutSeconds" -> timeoutSeconds = json.wholeNumber();
                default -> throw json.unknown(field);
            }
        }
        Long units = FieldRules.required("amount", amount);
        Check check = new Check(model, ip == null ? null : IpAddress.parse("ip", ip), units);
        return new ReserveRequest(
                secret == null ? null : new GivenSecret(secret),
                requestId,
                new Reserve(
                        check,
                        units,
                        timeoutSeconds == null ? null : Duration.ofSeconds(timeoutSeconds)));
    }
}
