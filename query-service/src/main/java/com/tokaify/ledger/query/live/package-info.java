/** Changes of the ledger, told to listeners as they are applied to the view. */
@NullMarked
package com.tokaify.ledger.query.live;

import org.jspecify.annotations.NullMarked;
