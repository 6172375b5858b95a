/** What browsers meet: cookies, headers, and the person's own things. */
@NullMarked
package com.tokaify.ledger.console.browser;

import org.jspecify.annotations.NullMarked;
