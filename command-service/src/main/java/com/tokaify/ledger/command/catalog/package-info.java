/** The operator's catalog of groups and models. */
@NullMarked
package com.tokaify.ledger.command.catalog;

import org.jspecify.annotations.NullMarked;
