package com.tokaify.ledger.console.issuer;

import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Takes away what has expired: nobody can use it, and tables would grow with every sign-in. */
@Component
@WithEmbeddedIssuer
class Housekeeping {
    /** Long enough to still be found by somebody who wonders. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Housekeeping(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        var limit = clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC);
        jdbc.sql(
                        """
                        DELETE FROM oauth2_authorization
                        WHERE greatest(
                                authorization_code_expires_at,
                                access_token_expires_at,
                                refresh_token_expires_at) < :limit
                        """)
                .param("limit", limit)
                .update();
        jdbc.sql("DELETE FROM invitation WHERE expires_at < :limit").param("limit", limit).update();
    }
}
