package com.tokaify.ledger.query.access;

import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.AccessSettings;
import com.tokaify.ledger.service.access.Scope;
import java.util.function.Supplier;

/** What whoever is answered by the calling thread may know of. */
final class Asker implements Supplier<Scope> {
    private final boolean open;

    Asker(AccessSettings settings) {
        this.open = settings.isOpen();
    }

    /**
     * @throws IllegalStateException where this thread answers nobody who is known, which is a fault
     *     of this service
     */
    @Override
    public Scope get() {
        return open ? new Scope.EveryAccount() : Access.ofThisThread().scope();
    }
}
