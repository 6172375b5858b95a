/**
 * The OpenAPI document of a service, made from its controllers. The only place that touches
 * springdoc and the Jackson 2 it brings along.
 */
@NullMarked
package com.tokaify.ledger.service.api;

import org.jspecify.annotations.NullMarked;
