/** The window: the web page, sign-in, and what forwards to the services. */
@NullMarked
package com.tokaify.ledger.console;

import org.jspecify.annotations.NullMarked;
