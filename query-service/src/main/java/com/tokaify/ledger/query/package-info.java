/** Answers: projects the ledger's stream into PostgreSQL and serves what is there. */
@NullMarked
package com.tokaify.ledger.query;

import org.jspecify.annotations.NullMarked;
