package com.tokaify.ledger.query.access;

import javax.sql.DataSource;

/**
 * The views as they are there for whoever asks: all of them for those who may know of every
 * account, and of the others' nothing for those who may know of one. Everything that answers a
 * request reads through this; projections, rebuilds and the feed of changes, which work for nobody
 * in particular, have connections of their own. Not itself a {@code DataSource}, so that nobody is
 * given it who asks Spring for the database.
 */
public record AskersDatabase(DataSource connections) {}
