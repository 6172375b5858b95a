package com.tokaify.ledger.service.api;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;

/** Headers as the document tells them. */
public final class ApiHeaders {
    /** The text of an {@code ETag} that is a stream's sequence. */
    public static final String SEQUENCE_TAG = "^\"[0-9]+\"$";

    /** The text of a {@code Ledger-Position}. */
    public static final String POSITION = TextTypes.POSITION;

    private ApiHeaders() {}

    /** A header an answer always has. */
    public static Header always(String pattern, String description) {
        return sometimes(pattern, description).required(true);
    }

    /** A header an answer may have. */
    public static Header sometimes(String pattern, String description) {
        return new Header().schema(Schemas.text(pattern)).description(description);
    }

    /** Adds a header to what the operation answers where all went well. */
    public static void addToSuccess(Operation operation, String name, Header header) {
        operation
                .getResponses()
                .forEach((status, answer) -> {
                    if (status.startsWith("2")) {
                        answer.addHeaderObject(name, header);
                    }
                });
    }

    /** A header callers may send; anything else than this pattern is refused. */
    public static Parameter ofRequest(String name, String pattern, String description) {
        return ofRequest(name, description).schema(Schemas.text(pattern));
    }

    /** A header callers may send, whatever it says. */
    static Parameter ofRequest(String name, String description) {
        return new HeaderParameter()
                .name(name)
                .required(false)
                .schema(Schemas.ofType("string"))
                .description(description);
    }
}
