package com.tokaify.ledger.enforcement.reservation;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.TokenId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reservation's id says of it, wherever it is presented.
 *
 * @param amount units reserved
 * @param expiresAt in whole milliseconds
 * @param nonce makes two like reservations two
 */
record Handle(TokenId tokenId, @Nullable String model, long amount, Instant expiresAt, long nonce) {
    Handle {
        FieldRules.optionalModel("model", model);
        FieldRules.amount("amount", amount);
    }
}
