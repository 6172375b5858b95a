package com.tokaify.ledger.query.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * What was used of a model.
 *
 * @param model null is of usage that names none
 */
record ModelUsage(@Nullable String model, @JsonUnwrapped UsageSums sums) {}
