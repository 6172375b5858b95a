package com.tokaify.ledger.command.idempotency;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request was answered.
 *
 * @param stream whom it was about; null where it was about many
 * @param sequence the place of the stream's last event then
 * @param answer the command's answer as JSON
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed on, never compared
record KeptAnswer(
        byte[] fingerprint,
        @Nullable UUID stream,
        @Nullable Long sequence,
        byte @Nullable [] answer) {}
