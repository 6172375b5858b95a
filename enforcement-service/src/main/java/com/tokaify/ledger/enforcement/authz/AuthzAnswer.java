package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.events.rules.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway is answered, whichever protocol carries it.
 *
 * @param code what was decided; null where the call could not be read, or was not, which is a
 *     refusal
 * @param gatewayKnown false where the gateway itself was not let in, and nothing was decided
 * @param status of HTTP
 * @param body one line of JSON in ASCII; empty where the call is allowed
 */
public record AuthzAnswer(
        @Nullable Code code, boolean gatewayKnown, int status, List<Header> headers, String body) {
    public AuthzAnswer {
        headers = List.copyOf(headers);
    }

    /** One header. */
    public record Header(String name, String value) {}

    /** Nothing but this lets a call through. */
    public boolean allowed() {
        return code == Code.OK;
    }
}
