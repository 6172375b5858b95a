/** What the edge of every service shares. */
@NullMarked
package com.tokaify.ledger.service;

import org.jspecify.annotations.NullMarked;
