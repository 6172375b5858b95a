/** What the edge of every query shares: parameters, positions, an absent database. */
@NullMarked
package com.tokaify.ledger.query.web;

import org.jspecify.annotations.NullMarked;
