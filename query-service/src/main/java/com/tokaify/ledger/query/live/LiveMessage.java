package com.tokaify.ledger.query.live;

import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.audit.AuditRow;
import java.util.Map;

/**
 * One message of the stream, as the standard for server-sent events has it; made once for all
 * listeners.
 *
 * @param text whole lines, and the empty one that ends the message
 */
record LiveMessage(String text) {
    /**
     * Something has changed.
     *
     * @param mark where a listener goes on who has received it
     */
    static LiveMessage changed(Mark mark, AuditRow change) {
        String kind =
                switch (change.stream()) {
                    case TokenId _ -> "token";
                    case AccountId _ -> "account";
                    case CatalogId _ -> "catalog";
                };
        // One text for all listeners, so all are told what an owner is.
        return event(
                mark, kind, StrictJson.MAPPER.writeValueAsString(change.toldToOwners().shown()));
    }

    /** What the listener has missed cannot be told any more: it is to load everything anew. */
    static LiveMessage reset(Mark mark, String why) {
        return event(mark, "reset", StrictJson.MAPPER.writeValueAsString(Map.of("reason", why)));
    }

    /**
     * Nothing to tell. Clients take the id and show nothing, since there is no data: who comes back
     * after hours of silence need not be told of what was none of its business.
     */
    static LiveMessage silence(Mark mark) {
        return new LiveMessage(": nothing new\nid: " + mark + "\n\n");
    }

    /** What comes first. A client that is cut comes back after a second. */
    static LiveMessage begin(Mark mark) {
        return new LiveMessage("retry: 1000\nid: " + mark + "\n\n");
    }

    private static LiveMessage event(Mark mark, String name, String data) {
        return new LiveMessage("id: " + mark + "\nevent: " + name + "\ndata: " + data + "\n\n");
    }
}
