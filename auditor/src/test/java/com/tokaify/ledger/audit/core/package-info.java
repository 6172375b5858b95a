/** What the verifier must agree with: the contract's vectors and others' published ones. */
@NullMarked
package com.tokaify.ledger.audit.core;

import org.jspecify.annotations.NullMarked;
