package com.tokaify.ledger.console.forward;

import com.tokaify.ledger.console.oidc.BearerTokens;
import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The services' APIs as the page sees them: the same paths, below the service's name. Only what is
 * versioned: how a service is watched is nobody's business here.
 */
@Controller
class ForwardController {
    private final ServiceSettings services;
    private final BearerTokens tokens;
    private final Forwarding forwarding;

    ForwardController(ServiceSettings services, BearerTokens tokens, Forwarding forwarding) {
        this.services = services;
        this.tokens = tokens;
        this.forwarding = forwarding;
    }

    @RequestMapping("/api/{service:command|query|enforcement}/v1/**")
    void forward(
            @PathVariable String service,
            Authentication signedIn,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        send(services.of(service), "/api/" + service, signedIn, request, response);
    }

    /** One instance and no other: what it says is about itself. */
    @RequestMapping("/api/enforcement/{instance:[1-9][0-9]?}/v1/**")
    void forwardToInstance(
            @PathVariable int instance,
            Authentication signedIn,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        URI service =
                services.enforcement(instance)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "NOT_FOUND",
                                        "There is no instance " + instance + "."));
        send(List.of(service), "/api/enforcement/" + instance, signedIn, request, response);
    }

    private void send(
            List<URI> anyOf,
            String before,
            Authentication signedIn,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        String query = request.getQueryString();
        String wanted =
                request.getRequestURI().substring(before.length())
                        + (query == null ? "" : "?" + query);
        List<URI> targets = anyOf.stream().map(service -> URI.create(service + wanted)).toList();
        forwarding.send(tokens.of(signedIn, request, response), targets, request, response);
    }
}
