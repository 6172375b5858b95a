/** Threads that work for as long as the service lives. */
@NullMarked
package com.tokaify.ledger.command.worker;

import org.jspecify.annotations.NullMarked;
