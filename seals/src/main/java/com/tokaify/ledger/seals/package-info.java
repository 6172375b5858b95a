/** The log of seals: one RFC 6962 Merkle tree over every event, its checkpoints signed. */
@NullMarked
package com.tokaify.ledger.seals;

import org.jspecify.annotations.NullMarked;
