package com.tokaify.ledger.events;

/**
 * A fact the ledger has recorded. The three families are the three kinds of streams. A record holds
 * what happened; to which stream, when, by whom and at which position stands in the {@link
 * RecordedEvent} around it.
 *
 * <p>Within a version fields are only ever added. A reader ignores fields it does not know, and
 * refuses a record that lacks one it needs.
 */
public sealed interface LedgerEvent permits TokenEvent, AccountEvent, CatalogEvent {}
