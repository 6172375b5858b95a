/**
 * Who may do what: callers are told by their access token, and each service has one table of the
 * roles that may do a thing.
 */
@NullMarked
package com.tokaify.ledger.service.access;

import org.jspecify.annotations.NullMarked;
