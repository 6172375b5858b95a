/** What services write on standard output. */
@NullMarked
package com.tokaify.ledger.service.log;

import org.jspecify.annotations.NullMarked;
