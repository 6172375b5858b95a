/** The HTTP edge: requests become commands, refusals become problem details. */
@NullMarked
package com.tokaify.ledger.command.web;

import org.jspecify.annotations.NullMarked;
