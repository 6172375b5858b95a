package com.tokaify.ledger.enforcement.authz;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

/** Caddy with {@code forward_auth}, of Debian's {@code caddy}. */
class CaddyIT extends RealGateway {
    @Override
    String recipe() {
        return "Caddyfile";
    }

    @Override
    List<String> programs() {
        return List.of("/usr/bin/caddy", "/usr/local/bin/caddy");
    }

    @Override
    List<String> command(String program, Path configuration, Path folder) {
        return List.of(
                program, "run", "--config", configuration.toString(), "--adapter", "caddyfile");
    }

    @Override
    void assertUnreachable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(502);
    }
}
