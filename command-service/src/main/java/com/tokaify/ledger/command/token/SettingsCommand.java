package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.events.id.TokenId;

/** What can be asked about a token's settings; the answer is what they are then. */
public sealed interface SettingsCommand extends TokenCommand<TokenSettings> {

    /** Changes what is named, by one event for each setting that really becomes another. */
    record ChangeSettings(TokenId tokenId, SettingsChange change, CommandContext context)
            implements SettingsCommand {
        public ChangeSettings {
            context.requireFuture("expiresAt", change.expiresAt().value());
        }
    }

    /** Asks what the settings are. Never makes an event. */
    record ReadSettings(TokenId tokenId, CommandContext context) implements SettingsCommand {}
}
