/** Where a call comes from, and whom that is believed. */
@NullMarked
package com.tokaify.ledger.enforcement.client;

import org.jspecify.annotations.NullMarked;
