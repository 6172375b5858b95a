/** Values on their way into PostgreSQL and back. */
@NullMarked
package com.tokaify.ledger.query.sql;

import org.jspecify.annotations.NullMarked;
