package com.tokaify.ledger.query.audit;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.codec.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an event says, for those who are told of it and do not keep the ledger: without the digest
 * by which gateways find a secret. It gives no secret away, but it is of no use to them, and better
 * not spread further than it must.
 */
public final class EventData {
    private static final String LOOKUP_HASH = "lookupHash";

    private EventData() {}

    public static ObjectNode told(LedgerEvent event) {
        ObjectNode data = StrictJson.MAPPER.valueToTree(event);
        return data.without(LOOKUP_HASH);
    }

    /**
     * @param json as it was written; where there is nothing to leave out it stays so, byte for byte
     */
    static String told(String json) {
        return json.contains(LOOKUP_HASH)
                        && StrictJson.MAPPER.readTree(json) instanceof ObjectNode data
                ? data.without(LOOKUP_HASH).toString()
                : json;
    }
}
