package com.tokaify.ledger.enforcement.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers one request. May throw {@link com.tokaify.ledger.events.InvalidField} and {@link
 * com.tokaify.ledger.service.problem.ProblemException}, which the servlet around it turns into
 * problems.
 */
@FunctionalInterface
public interface Endpoint {
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
}
