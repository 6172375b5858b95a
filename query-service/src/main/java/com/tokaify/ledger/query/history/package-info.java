/** What has happened: all events, and what tokens and accounts were at any moment. */
@NullMarked
package com.tokaify.ledger.query.history;

import org.jspecify.annotations.NullMarked;
