package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.StreamSnapshot;
import com.tokaify.ledger.events.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream is loaded from.
 *
 * @param snapshot where loading begins; null is from the first event on
 * @param events those after it, in order
 */
record History(@Nullable StreamSnapshot snapshot, List<StoredEvent> events) {}
