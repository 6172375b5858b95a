package com.tokaify.ledger.command.decision;

/**
 * What an aggregate had become, so that its next load begins here. Nothing but a shortcut: the
 * events say the same.
 *
 * @param sequence of the last event in it
 * @param settingsSequence of the last event that changed what people set
 * @param format of the state; a reader passes over formats it does not know
 * @param state as the aggregate writes it
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed on, never compared
public record StreamSnapshot(long sequence, long settingsSequence, short format, byte[] state) {}
