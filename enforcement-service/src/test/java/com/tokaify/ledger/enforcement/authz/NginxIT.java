package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.testkit.GatewayProgram;
import java.net.http.HttpResponse;

/** nginx with {@code auth_request}. */
class NginxIT extends RealGateway {
    @Override
    GatewayProgram program() {
        return GatewayProgram.NGINX;
    }

    @Override
    void assertUnreachable(HttpResponse<String> answer) {
        assertRefused(answer, 503, "ledger_unreachable");
    }
}
