package com.tokaify.ledger.query.name;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.web.QueryParameters;
import java.util.List;
import java.util.Map;

/** Whose names are asked for. */
record NameQuery(List<TokenId> tokens, List<AccountId> accounts) {
    /** So many that a page of anything is one request, and its address fits everywhere. */
    static final int MOST = 200;

    private static final String ID = "id";

    static NameQuery parse(QueryParameters parameters) {
        parameters.allowOnly(Map.of(ID, MOST), ID);
        List<StreamId> ids = parameters.repeated(ID, NameQuery::id);
        if (ids == null) {
            throw new InvalidField(ID, "is required");
        }
        return new NameQuery(of(TokenId.class, ids), of(AccountId.class, ids));
    }

    private static <I extends StreamId> List<I> of(Class<I> kind, List<StreamId> ids) {
        return ids.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static StreamId id(String field, String text) {
        try {
            StreamId id = StreamId.parse(text);
            if (!id.equals(CatalogId.CATALOG)) {
                return id;
            }
        } catch (InvalidField e) {
            // Said below, of this parameter.
        }
        throw new InvalidField(
                field, "must be 'tok_' or 'acc_' and 26 characters of Crockford base32");
    }
}
