/**
 * Seals what is recorded: off the write path, into a log whose history nobody can change unseen.
 */
@NullMarked
package com.tokaify.ledger.command.seal;

import org.jspecify.annotations.NullMarked;
