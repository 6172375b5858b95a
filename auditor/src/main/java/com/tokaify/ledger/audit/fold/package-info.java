/**
 * What events come to. A second telling of what services tell by code of their own: nothing here is
 * theirs, and where the two differ one of them is wrong.
 */
@NullMarked
package com.tokaify.ledger.audit.fold;

import org.jspecify.annotations.NullMarked;
