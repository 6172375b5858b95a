/** The log's hashes in tiles of 256, as they are published, and proofs made from them. */
@NullMarked
package com.tokaify.ledger.audit.tile;

import org.jspecify.annotations.NullMarked;
