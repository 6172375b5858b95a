package com.tokaify.ledger.query.history;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an event made of one field.
 *
 * @param field as the token or the account has it
 * @param before null where it was not set, or there was nothing before
 * @param after null where it is not set
 */
record FieldChange(String field, @Nullable JsonNode before, @Nullable JsonNode after) {}
