/** What is wrong with a ledger, where, and how it shows. */
@NullMarked
package com.tokaify.ledger.audit.finding;

import org.jspecify.annotations.NullMarked;
