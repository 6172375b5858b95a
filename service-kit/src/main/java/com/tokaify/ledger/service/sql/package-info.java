/** What services that write to PostgreSQL share; knows its formats and not its driver. */
@NullMarked
package com.tokaify.ledger.service.sql;

import org.jspecify.annotations.NullMarked;
