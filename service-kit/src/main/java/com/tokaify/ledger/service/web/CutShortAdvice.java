package com.tokaify.ledger.service.web;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Keeps {@link CutShort} from those who make problems of exceptions. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class CutShortAdvice {

    /** Thrown again, it counts as unhandled, and MVC hands it to the server. */
    @ExceptionHandler
    void cutShort(CutShort e) {
        throw e;
    }
}
