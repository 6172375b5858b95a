package com.tokaify.ledger.command.web;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import org.springframework.stereotype.Component;

/** Makes new ids: time-ordered, so that new streams lie together in indexes. Thread-safe. */
@Component
public final class Ids {
    private final NoArgGenerator uuids = Generators.timeBasedEpochGenerator();

    public TokenId newTokenId() {
        return new TokenId(uuids.generate());
    }

    public AccountId newAccountId() {
        return new AccountId(uuids.generate());
    }
}
