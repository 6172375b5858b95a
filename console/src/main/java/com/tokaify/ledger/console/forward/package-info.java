/** What the page asks goes on to the services. */
@NullMarked
package com.tokaify.ledger.console.forward;

import org.jspecify.annotations.NullMarked;
