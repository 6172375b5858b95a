package com.tokaify.ledger.events.id;

import com.tokaify.ledger.events.InvalidField;
import java.util.UUID;

/**
 * Names a stream of events. The text form is the Kafka key and the CloudEvents subject; the UUID is
 * what the event store keeps.
 */
public sealed interface StreamId permits TokenId, AccountId, CatalogId {

    UUID uuid();

    /** Reads any stream's text form, told apart by its prefix. */
    static StreamId parse(String text) {
        if (text.startsWith(TokenId.PREFIX)) {
            return TokenId.parse(text);
        }
        if (text.startsWith(AccountId.PREFIX)) {
            return AccountId.parse(text);
        }
        if (text.equals(CatalogId.CATALOG.toString())) {
            return CatalogId.CATALOG;
        }
        throw new InvalidField("stream", "must begin with tok_ or acc_, or be 'catalog'");
    }
}
