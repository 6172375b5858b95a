package com.tokaify.ledger.service.api;

import org.springframework.http.HttpStatus;

/**
 * A way a request can fail.
 *
 * @param code stable and for programs, the {@code code} of the problem document
 * @param status what the answer that carries it has
 */
public record ProblemCode(String code, HttpStatus status) {

    /** The code of what needs no other name than its status has. */
    static ProblemCode of(HttpStatus status) {
        return new ProblemCode(status.name(), status);
    }
}
