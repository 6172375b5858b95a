package com.tokaify.ledger.enforcement.authz;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.testkit.GatewayProgram;
import java.net.http.HttpResponse;

/** Caddy with {@code forward_auth}. */
class CaddyIT extends RealGateway {
    @Override
    GatewayProgram program() {
        return GatewayProgram.CADDY;
    }

    @Override
    void assertUnreachable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(502);
    }
}
