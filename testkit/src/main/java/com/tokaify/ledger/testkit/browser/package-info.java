/** The browser of tests that sit before a page. Only for who brings Playwright along. */
@NullMarked
package com.tokaify.ledger.testkit.browser;

import org.jspecify.annotations.NullMarked;
