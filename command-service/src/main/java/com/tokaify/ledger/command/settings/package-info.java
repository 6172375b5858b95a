/** The knobs, one record a concern. Each has its line in application.yaml. */
@NullMarked
package com.tokaify.ledger.command.settings;

import org.jspecify.annotations.NullMarked;
