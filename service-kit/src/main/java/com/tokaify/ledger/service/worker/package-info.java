/** Threads that work for as long as the service lives. */
@NullMarked
package com.tokaify.ledger.service.worker;

import org.jspecify.annotations.NullMarked;
