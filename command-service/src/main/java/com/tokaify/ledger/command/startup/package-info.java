/** What must hold before the first command: schema, partitions, durability, wiring, topics. */
@NullMarked
package com.tokaify.ledger.command.startup;

import org.jspecify.annotations.NullMarked;
