/** The whole ledger on one machine, started by one command. */
@NullMarked
package com.tokaify.ledger.standalone;

import org.jspecify.annotations.NullMarked;
