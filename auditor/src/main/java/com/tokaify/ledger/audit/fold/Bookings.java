package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.TokenEvent;

/** Is told of each event that can have happened, with what was before it. One thread. */
public interface Bookings {
    /** Nobody looks. */
    Bookings UNSEEN =
            new Bookings() {
                @Override
                public void token(LoggedEvent logged, TokenState before, TokenEvent event) {
                    // Nobody looks.
                }

                @Override
                public void account(LoggedEvent logged, AccountEvent event) {
                    // Nobody looks.
                }
            };

    void token(LoggedEvent logged, TokenState before, TokenEvent event);

    void account(LoggedEvent logged, AccountEvent event);
}
