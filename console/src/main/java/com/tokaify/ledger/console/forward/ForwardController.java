package com.tokaify.ledger.console.forward;

import com.tokaify.ledger.console.oidc.BearerTokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
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
        String path = request.getRequestURI().substring("/api/".length() + service.length());
        String query = request.getQueryString();
        URI target = URI.create(services.of(service) + path + (query == null ? "" : "?" + query));
        forwarding.send(tokens.of(signedIn, request, response), target, request, response);
    }
}
