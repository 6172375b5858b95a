/** How answers are told: to people, to programs, and while they are awaited. */
@NullMarked
package com.tokaify.ledger.audit.report;

import org.jspecify.annotations.NullMarked;
