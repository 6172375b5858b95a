package com.tokaify.ledger.enforcement.http;

import com.tokaify.ledger.events.InvalidField;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Takes a request's body into memory, but never more than its bound. */
public final class RequestBody {
    private RequestBody() {}

    /**
     * @throws InvalidField where the body is longer than {@code maxBytes}
     */
    public static byte[] read(HttpServletRequest request, int maxBytes) throws IOException {
        byte[] body = request.getInputStream().readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw new InvalidField("body", "must have at most " + maxBytes + " bytes");
        }
        return body;
    }
}
