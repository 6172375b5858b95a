/** The examples of consumers in other people's programs. */
@NullMarked
package com.tokaify.ledger.enforcement.consumers;

import org.jspecify.annotations.NullMarked;
