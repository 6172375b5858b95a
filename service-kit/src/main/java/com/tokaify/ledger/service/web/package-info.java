/** Requests: their ids, and their JSON read strictly. */
@NullMarked
package com.tokaify.ledger.service.web;

import org.jspecify.annotations.NullMarked;
