/** What every chain of filters has in common. */
@NullMarked
package com.tokaify.ledger.console.edge;

import org.jspecify.annotations.NullMarked;
