/** What must hold for a ledger: each check sees the events and tells what it finds. */
@NullMarked
package com.tokaify.ledger.audit.check;

import org.jspecify.annotations.NullMarked;
