/** The group-commit command bus: lanes, aggregates, one Axon unit of work a batch. */
@NullMarked
package com.tokaify.ledger.command.bus;

import org.jspecify.annotations.NullMarked;
