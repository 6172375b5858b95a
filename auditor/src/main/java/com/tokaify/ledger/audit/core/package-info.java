/** The verifier: hashes, proofs and signatures. Nothing but the JDK, to be read in one sitting. */
@NullMarked
package com.tokaify.ledger.audit.core;

import org.jspecify.annotations.NullMarked;
