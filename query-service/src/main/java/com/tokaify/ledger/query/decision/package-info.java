/** Why a token was refused then, or was not. */
@NullMarked
package com.tokaify.ledger.query.decision;

import org.jspecify.annotations.NullMarked;
