package com.tokaify.ledger.enforcement.access;

import com.tokaify.ledger.enforcement.http.EndpointServlet;
import com.tokaify.ledger.service.access.AccessRules;
import org.springframework.http.HttpMethod;

/** Makes the doors of this service's operations, as its table of rules has them. */
public final class Doors {
    private final Callers callers;
    private final AccessRules rules;

    public Doors(Callers callers, AccessRules rules) {
        this.callers = callers;
        this.rules = rules;
    }

    /**
     * @throws IllegalStateException where the table has no line for the operation
     */
    public Door of(HttpMethod method, String path) {
        return new Door(
                callers,
                rules.ofOperation(method, path)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "nobody may ask " + method + " " + path)));
    }

    /** An endpoint that takes POST, behind its door. */
    public EndpointServlet post(String path, AdmittedEndpoint endpoint) {
        return EndpointServlet.ofPost(of(HttpMethod.POST, path).before(endpoint));
    }
}
