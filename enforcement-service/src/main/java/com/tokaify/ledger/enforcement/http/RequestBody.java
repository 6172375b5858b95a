package com.tokaify.ledger.enforcement.http;

import com.tokaify.ledger.events.InvalidField;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Takes a request's body into memory, but never more than its bound. */
public final class RequestBody {
    private RequestBody() {}

    /**
     * Takes no more memory than the request says it has: without its word it would be room for the
     * longest, which is made and thrown away with every check.
     *
     * @throws InvalidField where the body is longer than {@code maxBytes}
     */
    public static byte[] read(HttpServletRequest request, int maxBytes) throws IOException {
        long said = request.getContentLengthLong();
        int length = said < 0 || said > maxBytes ? maxBytes + 1 : (int) said;
        byte[] body = request.getInputStream().readNBytes(length);
        if (body.length > maxBytes) {
            throw new InvalidField("body", "must have at most " + maxBytes + " bytes");
        }
        return body;
    }
}
