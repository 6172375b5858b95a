/** Why a token works or does not: every check of the decision, in plain words. */
@NullMarked
package com.tokaify.ledger.enforcement.diagnose;

import org.jspecify.annotations.NullMarked;
