package com.tokaify.ledger.console.forward;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Keeps {@link CutShort} from those who make problems of exceptions. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class CutShortAdvice {

    /** On to the server, which then breaks the connection. */
    @ExceptionHandler
    void cutShort(CutShort e) {
        throw e;
    }
}
