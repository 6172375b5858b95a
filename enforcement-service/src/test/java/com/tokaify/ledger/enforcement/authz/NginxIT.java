package com.tokaify.ledger.enforcement.authz;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

/** nginx with {@code auth_request}, of Debian's {@code nginx-light}. */
class NginxIT extends RealGateway {
    @Override
    String recipe() {
        return "nginx.conf";
    }

    @Override
    List<String> programs() {
        return List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx");
    }

    @Override
    List<String> command(String program, Path configuration, Path folder) {
        return List.of(
                program,
                "-p",
                folder.toString(),
                "-c",
                configuration.toString(),
                "-g",
                "daemon off; master_process off;");
    }

    @Override
    void assertUnreachable(HttpResponse<String> answer) {
        assertRefused(answer, 503, "ledger_unreachable");
    }
}
