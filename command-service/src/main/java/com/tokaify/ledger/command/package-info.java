/** The service that decides: commands become events, or are refused with a reason. */
@NullMarked
package com.tokaify.ledger.command;

import org.jspecify.annotations.NullMarked;
