/** The gateway hook: one endpoint for every gateway that can ask before it forwards. */
@NullMarked
package com.tokaify.ledger.enforcement.authz;

import org.jspecify.annotations.NullMarked;
