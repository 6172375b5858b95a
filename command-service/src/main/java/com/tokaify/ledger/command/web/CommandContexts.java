package com.tokaify.ledger.command.web;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.web.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** When, by whom, about whose things and in which request a command is given. */
@Component
public final class CommandContexts {
    private final Clock clock;

    CommandContexts(Clock clock) {
        this.clock = clock;
    }

    public CommandContext of(Access access, HttpServletRequest request) {
        String requestId = String.valueOf(request.getAttribute(RequestIdFilter.REQUEST_ID));
        return new CommandContext(clock.instant(), access.actor(), access.scope(), requestId, null);
    }

    /**
     * For a command on what exists already, which may be conditional on {@code If-Match}.
     *
     * @throws InvalidField where the header holds anything but one entity tag of ours or {@code *}
     */
    public CommandContext conditional(Access access, HttpServletRequest request) {
        return of(access, request).onCondition(IfMatch.sequence(request));
    }
}
