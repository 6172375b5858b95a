package com.tokaify.ledger.enforcement.access;

import com.tokaify.ledger.service.access.Access;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers one request of somebody a {@link Door} has let in. */
@FunctionalInterface
public interface AdmittedEndpoint {
    void answer(Access access, HttpServletRequest request, HttpServletResponse response)
            throws IOException;
}
