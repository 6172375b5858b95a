/** Errors as callers see them: RFC 9457 problem details with a stable code. */
@NullMarked
package com.tokaify.ledger.service.problem;

import org.jspecify.annotations.NullMarked;
