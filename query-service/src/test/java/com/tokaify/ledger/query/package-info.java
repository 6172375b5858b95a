/** What the tests of query-service stand on. */
@NullMarked
package com.tokaify.ledger.query;

import org.jspecify.annotations.NullMarked;
