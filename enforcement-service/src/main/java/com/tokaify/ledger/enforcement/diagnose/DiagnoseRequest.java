package com.tokaify.ledger.enforcement.diagnose;

import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.http.JsonBody;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.rules.Check;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/diagnose}: {@code {tokenId or secret, model?, ip?, amount?}}. */
record DiagnoseRequest(@Nullable TokenId tokenId, @Nullable GivenSecret secret, Check check) {
    static final int MAX_BODY_BYTES = 64 * 1024;

    DiagnoseRequest {
        if (tokenId != null && secret != null) {
            throw new InvalidField("secret", "must not be given together with tokenId");
        }
    }

    /**
     * @throws InvalidField where the body breaks a rule
     */
    static DiagnoseRequest read(byte[] body) {
        return JsonBody.object(body, DiagnoseRequest::read);
    }

    private static DiagnoseRequest read(JsonBody json) {
        String tokenId = null;
        String secret = null;
        String model = null;
        String ip = null;
        Long amount = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "tokenId" -> tokenId = json.text();
                case "secret" -> secret = json.text();
                case "model" -> model = json.text();
                case "ip" -> ip = json.text();
                case "amount" -> amount = json.wholeNumber();
                default -> throw json.unknown(field);
            }
        }
        return new DiagnoseRequest(
                tokenId == null ? null : TokenId.parse(tokenId),
                secret == null ? null : new GivenSecret(secret),
                new Check(model, ip == null ? null : IpAddress.parse("ip", ip), amount));
    }
}
