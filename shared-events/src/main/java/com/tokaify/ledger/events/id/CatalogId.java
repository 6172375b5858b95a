package com.tokaify.ledger.events.id;

import java.util.UUID;

/** Names the one catalog of a ledger. */
public enum CatalogId implements StreamId {
    CATALOG;

    private static final UUID ONLY_ONE = new UUID(0, 0);

    @Override
    public UUID uuid() {
        return ONLY_ONE;
    }

    @Override
    public String toString() {
        return "catalog";
    }
}
