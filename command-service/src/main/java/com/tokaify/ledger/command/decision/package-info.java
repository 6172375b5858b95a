/**
 * What commands, decisions and refusals are. The language of the domain, free of Spring, clocks and
 * databases.
 */
@NullMarked
package com.tokaify.ledger.command.decision;

import org.jspecify.annotations.NullMarked;
