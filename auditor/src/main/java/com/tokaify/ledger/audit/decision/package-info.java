/**
 * Why a call was allowed or refused. The rules are the contract's own, {@code shared-events}: what
 * a decision is, is agreed and not anybody's to tell a second time. What they are judged by, the
 * state of that instant and the events that made it so, is folded here from what lies in the
 * ledger.
 */
@NullMarked
package com.tokaify.ledger.audit.decision;

import org.jspecify.annotations.NullMarked;
