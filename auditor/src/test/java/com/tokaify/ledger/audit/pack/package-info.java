/** Evidence packs, whole and damaged. */
@NullMarked
package com.tokaify.ledger.audit.pack;

import org.jspecify.annotations.NullMarked;
