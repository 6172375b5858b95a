package com.tokaify.ledger.query.name;

/**
 * What something is called now.
 *
 * @param id of a token or an account
 */
record Named(String id, String name) {}
