package com.tokaify.ledger.query.access;

import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.AccessSettings;
import com.tokaify.ledger.service.access.Scope;
import java.util.function.Supplier;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** What whoever is answered by the calling thread may know of. */
final class Asker implements Supplier<Scope> {
    private final boolean open;

    Asker(AccessSettings settings) {
        this.open = settings.isOpen();
    }

    /**
     * @throws AuthenticationCredentialsNotFoundException where this thread answers nobody who is
     *     known, which is a fault of this service
     */
    @Override
    public Scope get() {
        if (open) {
            return new Scope.EveryAccount();
        }
        Authentication asker = SecurityContextHolder.getContext().getAuthentication();
        if (asker != null && asker.getPrincipal() instanceof Access access) {
            return access.scope();
        }
        throw new AuthenticationCredentialsNotFoundException(
                "a view was to be read on a thread that answers nobody");
    }
}
