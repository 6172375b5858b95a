/** Taking over the tokens of one-api and new-api, so that applications keep their keys. */
@NullMarked
package com.tokaify.ledger.command.takeover;

import org.jspecify.annotations.NullMarked;
