package com.tokaify.ledger.query.name;

import java.util.List;

/**
 * The parameters of a question for names.
 *
 * @param id of a token ({@code tok_…}) or of an account ({@code acc_…}); may be repeated, up to 200
 *     times
 */
record NameParameters(List<String> id) {}
