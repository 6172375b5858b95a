package com.tokaify.ledger.command.web;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.service.web.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * When, by whom and in which request a command is given. Until callers sign in, whoever reaches the
 * loopback port is the local operator.
 */
@Component
public final class CommandContexts {
    private static final Actor LOCAL_OPERATOR = new Actor(Actor.Kind.OPERATOR, "local");

    private final Clock clock;

    CommandContexts(Clock clock) {
        this.clock = clock;
    }

    public CommandContext of(HttpServletRequest request) {
        String requestId = String.valueOf(request.getAttribute(RequestIdFilter.REQUEST_ID));
        return new CommandContext(clock.instant(), LOCAL_OPERATOR, requestId);
    }

    /**
     * For a command on what exists already, which may be conditional on {@code If-Match}.
     *
     * @throws InvalidField where the header holds anything but one entity tag of ours or {@code *}
     */
    public CommandContext conditional(HttpServletRequest request) {
        CommandContext context = of(request);
        return new CommandContext(
                context.at(), context.actor(), context.requestId(), IfMatch.sequence(request));
    }
}
