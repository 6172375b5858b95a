package com.tokaify.ledger.command.due;

import com.tokaify.ledger.command.store.EventCompanion;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.id.TokenId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps {@code ledger.due} true to the events, in their transaction. Stateless. */
@Component
public final class DueCompanion implements EventCompanion {

    @Override
    public Optional<SideWrite> of(NewEvent event) {
        return event.stream() instanceof TokenId token
                ? of(token, event.event())
                : Optional.empty();
    }

    private static Optional<SideWrite> of(TokenId token, LedgerEvent event) {
        return switch (event) {
            case TokenCreated created when created.restrictions().expiresAt() != null ->
                    Optional.of(expiry(token, created.restrictions().expiresAt()));
            case ExpirationChanged(@Nullable Instant expiresAt) ->
                    Optional.of(expiry(token, expiresAt));
            case TokenExpired _ -> Optional.of(expiry(token, null));
            case QuotaPeriodStarted started ->
                    Optional.of(DueTable.put(token, DueKind.PERIOD_END, started.endsAt()));
            case QuotaPeriodChanged changed when changed.quotaPeriod() == null ->
                    Optional.of(DueTable.remove(token, DueKind.PERIOD_END));
            case TokenDeleted _ -> Optional.of(nothingMore(token));
            case LedgerEvent _ -> Optional.empty();
        };
    }

    private static SideWrite expiry(TokenId token, @Nullable Instant at) {
        return at == null
                ? DueTable.remove(token, DueKind.EXPIRY)
                : DueTable.put(token, DueKind.EXPIRY, at);
    }

    private static SideWrite nothingMore(TokenId token) {
        return connection -> {
            for (DueKind kind : DueKind.values()) {
                DueTable.remove(token, kind).write(connection);
            }
        };
    }
}
