package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a token that was created. Times are as events write them.
 *
 * @param importedFrom the system it was taken over from; null where it was created here
 * @param changedAt when somebody last changed it; usage and showing the secret change nothing
 * @param sequence of the last event in it
 */
public record TokenFacts(
        String tokenId,
        String accountId,
        @Nullable String importedFrom,
        TokenSettings settings,
        Standing standing,
        Usage usage,
        String createdAt,
        String changedAt,
        long sequence) {

    static TokenFacts of(LoggedEvent event, TokenCreated created) {
        return new TokenFacts(
                event.stream(),
                created.accountId().toString(),
                null,
                new TokenSettings(
                        created.name(),
                        created.group(),
                        created.restrictions(),
                        null,
                        created.mask(),
                        created.lookupHash()),
                Standing.NEW,
                Usage.NONE,
                event.recordedAt(),
                event.recordedAt(),
                event.sequence());
    }

    TokenFacts set(LoggedEvent event, TokenSettings changed) {
        return changed(event, changed, standing, usage);
    }

    TokenFacts set(LoggedEvent event, Standing changed) {
        return changed(event, settings, changed, usage);
    }

    TokenFacts set(LoggedEvent event, Usage changed) {
        return changed(event, settings, standing, changed);
    }

    TokenFacts changed(
            LoggedEvent event, TokenSettings newSettings, Standing newStanding, Usage newUsage) {
        return new TokenFacts(
                tokenId,
                accountId,
                importedFrom,
                newSettings,
                newStanding,
                newUsage,
                createdAt,
                event.recordedAt(),
                event.sequence());
    }

    TokenFacts used(LoggedEvent event, Usage newUsage) {
        return new TokenFacts(
                tokenId,
                accountId,
                importedFrom,
                settings,
                standing,
                newUsage,
                createdAt,
                changedAt,
                event.sequence());
    }

    TokenFacts imported(LoggedEvent event, String source) {
        return new TokenFacts(
                tokenId,
                accountId,
                source,
                settings,
                standing,
                usage,
                createdAt,
                changedAt,
                event.sequence());
    }
}
