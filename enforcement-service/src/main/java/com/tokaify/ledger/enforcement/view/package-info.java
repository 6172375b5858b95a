/** What this instance knows of the ledger, folded from its events and read without locks. */
@NullMarked
package com.tokaify.ledger.enforcement.view;

import org.jspecify.annotations.NullMarked;
