/**
 * What must hold for a token to be used, judged from facts alone: one order, one set of codes and
 * one wording for whoever guards now and whoever tells what was decided then.
 */
@NullMarked
package com.tokaify.ledger.events.rules;

import org.jspecify.annotations.NullMarked;
