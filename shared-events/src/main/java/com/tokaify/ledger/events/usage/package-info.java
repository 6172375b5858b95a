/** Usage reports: what gateways tell the ledger a call has cost. */
@NullMarked
package com.tokaify.ledger.events.usage;

import org.jspecify.annotations.NullMarked;
