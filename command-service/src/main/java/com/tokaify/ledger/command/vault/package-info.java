/** The vault: secrets that can be shown again, encrypted, and the keys they are encrypted under. */
@NullMarked
package com.tokaify.ledger.command.vault;

import org.jspecify.annotations.NullMarked;
