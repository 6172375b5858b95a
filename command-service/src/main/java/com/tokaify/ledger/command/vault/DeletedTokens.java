package com.tokaify.ledger.command.vault;

import com.tokaify.ledger.command.store.EventCompanion;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.id.TokenId;
import java.util.Optional;

/** With a token goes its secret. */
final class DeletedTokens implements EventCompanion {

    @Override
    public Optional<SideWrite> of(NewEvent event) {
        return event.event() instanceof TokenDeleted && event.stream() instanceof TokenId token
                ? Optional.of(SecretVault.forget(token))
                : Optional.empty();
    }
}
