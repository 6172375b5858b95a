/** Events as bytes: the registry of types and the strict JSON codec. */
@NullMarked
package com.tokaify.ledger.events.codec;

import org.jspecify.annotations.NullMarked;
