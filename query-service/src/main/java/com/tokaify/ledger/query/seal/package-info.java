/** Publishes the log of seals: checkpoints, tiles and proofs, for who trusts nobody here. */
@NullMarked
package com.tokaify.ledger.query.seal;

import org.jspecify.annotations.NullMarked;
