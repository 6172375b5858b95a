/** The log of seals as the store keeps it: which events were sealed, and what was signed. */
@NullMarked
package com.tokaify.ledger.audit.seal;

import org.jspecify.annotations.NullMarked;
