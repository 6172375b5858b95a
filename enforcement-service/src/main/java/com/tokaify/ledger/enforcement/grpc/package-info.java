/** Envoy's external authorization over gRPC, on a port of its own. */
@NullMarked
package com.tokaify.ledger.enforcement.grpc;

import org.jspecify.annotations.NullMarked;
