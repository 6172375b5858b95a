/** What was used when: of tokens and of accounts, by model and time. */
@NullMarked
package com.tokaify.ledger.query.usage;

import org.jspecify.annotations.NullMarked;
