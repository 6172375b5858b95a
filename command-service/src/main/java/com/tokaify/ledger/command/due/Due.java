package com.tokaify.ledger.command.due;

import com.tokaify.ledger.events.id.TokenId;
import java.time.Instant;

/** Something has to be done to a token from an instant on. */
record Due(TokenId token, DueKind kind, Instant at) {}
