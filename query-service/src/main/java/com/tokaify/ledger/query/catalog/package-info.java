/** The operator's catalog of groups and models. */
@NullMarked
package com.tokaify.ledger.query.catalog;

import org.jspecify.annotations.NullMarked;
