/**
 * Secrets: a token's, its format and the hash it is looked up by; and the files keys and passwords
 * lie in.
 */
@NullMarked
package com.tokaify.ledger.events.secret;

import org.jspecify.annotations.NullMarked;
