/** One class for each thing the auditor can be asked. */
@NullMarked
package com.tokaify.ledger.audit.command;

import org.jspecify.annotations.NullMarked;
