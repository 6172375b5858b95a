package com.tokaify.ledger.command.seal;

import java.util.UUID;

/** Names an event by its place in its stream. */
record EventKey(UUID stream, long sequence) {}
