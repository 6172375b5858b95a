package com.tokaify.ledger.enforcement.verify;

import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.http.JsonBody;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.rules.Check;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/verify}: {@code {secret, model?, ip?, amount?}}. */
record VerifyRequest(@Nullable GivenSecret secret, Check check) {
    static final int MAX_BODY_BYTES = 64 * 1024;

    /**
     * @throws com.tokaify.ledger.events.InvalidField where the body breaks a rule
     */
    static VerifyRequest read(byte[] body) {
        return JsonBody.object(body, VerifyRequest::read);
    }

    private static VerifyRequest read(JsonBody json) {
        String secret = null;
        String model = null;
        String ip = null;
        Long amount = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "secret" -> secret = json.text();
                case "model" -> model = json.text();
                case "ip" -> ip = json.text();
                case "amount" -> amount = json.wholeNumber();
                default -> throw json.unknown(field);
            }
        }
        return new VerifyRequest(
                secret == null ? null : new GivenSecret(secret),
                new Check(model, ip == null ? null : IpAddress.parse("ip", ip), amount));
    }
}
