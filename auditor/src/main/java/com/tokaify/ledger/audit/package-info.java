/** The auditor's command line: what it is asked, and what its exit code says. */
@NullMarked
package com.tokaify.ledger.audit;

import org.jspecify.annotations.NullMarked;
