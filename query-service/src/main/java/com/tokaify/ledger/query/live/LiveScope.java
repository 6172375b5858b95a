package com.tokaify.ledger.query.live;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.audit.AuditRow;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.access.Scope;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a listener wants to hear of. Null does not restrict.
 *
 * @param accountId this account, its tokens, and the catalog, which is everybody's
 * @param tokenId this token alone
 */
record LiveScope(@Nullable AccountId accountId, @Nullable TokenId tokenId) {
    static final LiveScope EVERYTHING = new LiveScope(null, null);

    /** No account has this id. */
    private static final AccountId NOBODY = new AccountId(new UUID(0, 0));

    static LiveScope parse(QueryParameters parameters) {
        parameters.allowOnly("accountId", "tokenId");
        return new LiveScope(
                parameters.optional("accountId", (_, text) -> AccountId.parse(text)),
                parameters.optional("tokenId", (_, text) -> TokenId.parse(text)));
    }

    /**
     * The same for somebody who may hear of these accounts alone. A filter on another account hears
     * what one on an account that was never there does: of the catalog.
     */
    LiveScope within(Scope scope) {
        return switch (scope) {
            case Scope.EveryAccount _ -> this;
            case Scope.OneAccount own ->
                    new LiveScope(
                            accountId == null || own.covers(accountId) ? own.accountId() : NOBODY,
                            tokenId);
        };
    }

    boolean covers(AuditRow change) {
        boolean ofAccount =
                accountId == null
                        || change.accountId() == null
                        || accountId.equals(change.accountId());
        return ofAccount && (tokenId == null || tokenId.equals(change.stream()));
    }
}
