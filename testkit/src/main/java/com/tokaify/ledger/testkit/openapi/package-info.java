/** Holds services to their OpenAPI documents, request by request. */
@NullMarked
package com.tokaify.ledger.testkit.openapi;

import org.jspecify.annotations.NullMarked;
