package com.tokaify.ledger.enforcement.access;

import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks, by what he shows. Asked by every check, so it waits for nothing but the
 * issuer's keys, and for these once. Any number of threads.
 */
@FunctionalInterface
public interface Callers {
    /** The header a gateway shows its key in, in HTTP and as gRPC's metadata. */
    String GATEWAY_KEY = "X-Gateway-Key";

    /**
     * @param gatewayKey the value of {@link #GATEWAY_KEY}: a static key, or an access token where
     *     {@code Authorization} is about something else
     * @param authorization the value of {@code Authorization}
     * @throws ProblemException 401 where nobody known asks, 503 where nobody can say
     */
    Access find(@Nullable String gatewayKey, @Nullable String authorization);

    /** Where nothing is configured to know anybody by: everybody is the same. */
    static Callers open(Access everybody) {
        return (_, _) -> everybody;
    }
}
