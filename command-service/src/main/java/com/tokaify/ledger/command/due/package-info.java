/** What happens to tokens because time has passed: they expire, and their quota periods end. */
@NullMarked
package com.tokaify.ledger.command.due;

import org.jspecify.annotations.NullMarked;
