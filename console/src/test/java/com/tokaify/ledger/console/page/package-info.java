/** The page in a real browser, before services that are played. */
@NullMarked
package com.tokaify.ledger.console.page;

import org.jspecify.annotations.NullMarked;
