package com.tokaify.ledger.console.user;

import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.id.UserId;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/** Ends sessions of one user, and with them the tokens that lie there. */
@Component
@WithEmbeddedIssuer
class PeoplesSessions {
    private final FindByIndexNameSessionRepository<? extends Session> sessions;

    PeoplesSessions(FindByIndexNameSessionRepository<? extends Session> sessions) {
        this.sessions = sessions;
    }

    void endAll(UserId user) {
        endAllBut(user, "");
    }

    /**
     * @param kept the id of the session that goes on
     */
    void endAllBut(UserId user, String kept) {
        for (String id : sessions.findByPrincipalName(user.toString()).keySet()) {
            if (!id.equals(kept)) {
                sessions.deleteById(id);
            }
        }
    }
}
