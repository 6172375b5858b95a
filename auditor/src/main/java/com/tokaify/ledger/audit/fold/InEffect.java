package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.core.Times;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Which events were in effect at an instant. Commands take their time before they queue, so an
 * event may be recorded a moment earlier than the one it follows; it was not in effect earlier.
 * Sees a partition in order. One thread.
 */
public final class InEffect {
    private final Instant instant;
    private final Set<String> later = new HashSet<>();

    public InEffect(Instant instant) {
        this.instant = instant;
    }

    /**
     * @throws IllegalArgumentException where nobody can tell, since its time is none
     */
    public boolean was(LoggedEvent event) {
        if (later.contains(event.stream())) {
            return false;
        }
        if (Times.parse(event.recordedAt()).isAfter(instant)) {
            later.add(event.stream());
            return false;
        }
        return true;
    }
}
