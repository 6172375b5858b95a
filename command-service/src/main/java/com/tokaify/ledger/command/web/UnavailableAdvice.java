package com.tokaify.ledger.command.web;

import com.tokaify.ledger.command.bus.LedgerUnavailable;
import com.tokaify.ledger.service.problem.Problem;
import java.util.Objects;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Says when to come again. Repeating a command with the same usage id or reference is safe,
 * whatever became of it.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnavailableAdvice {
    private static final long SECONDS = 1;

    @ExceptionHandler
    ResponseEntity<Problem> unavailable(LedgerUnavailable e) {
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "LEDGER_UNAVAILABLE",
                        Objects.requireNonNull(e.getMessage()))
                .responseUntil(SECONDS);
    }
}
