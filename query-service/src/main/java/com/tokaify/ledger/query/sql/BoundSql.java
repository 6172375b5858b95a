package com.tokaify.ledger.query.sql;

import java.util.Map;

/** A statement with the values of its named parameters. */
public record BoundSql(String text, Map<String, Object> values) {}
