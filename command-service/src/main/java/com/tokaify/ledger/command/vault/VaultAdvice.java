package com.tokaify.ledger.command.vault;

import com.tokaify.ledger.service.problem.Problem;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells callers what the vault lacks. They may ask again: an operator may have mended it. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class VaultAdvice {
    private static final long SECONDS = 1;
    private static final Logger LOG = LoggerFactory.getLogger(VaultAdvice.class);

    @ExceptionHandler
    ResponseEntity<Problem> unavailable(VaultUnavailable e) {
        LOG.warn("a request needed the vault", e);
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "VAULT_UNAVAILABLE",
                        Objects.requireNonNull(e.getMessage()))
                .responseUntil(SECONDS);
    }
}
