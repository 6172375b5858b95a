package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** nginx with a fixed answer: what HTTP costs on this machine where nothing is asked at all. */
record Nginx(int port) {
    private static final String NAME = "nginx";

    static Nginx start(Path program, Infrastructure infrastructure)
            throws IOException, InterruptedException {
        int port = LoopbackPort.free();
        Path folder = Files.createDirectories(infrastructure.data(NAME));
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration,
                """
                daemon off;
                worker_processes auto;
                pid %1$s/nginx.pid;
                error_log stderr;
                events { worker_connections 1024; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    keepalive_requests 1000000000;
                    keepalive_time 1d;
                    server {
                        listen 127.0.0.1:%2$d;
                        location / { return 200 "{\\"valid\\":true}"; }
                    }
                }
                """
                        .formatted(folder, port));
        ManagedProcess process =
                infrastructure.run(
                        new ManagedProcess.Launch(
                                NAME,
                                List.of(
                                        program.toString(),
                                        "-p",
                                        folder.toString(),
                                        "-c",
                                        configuration.toString()),
                                Map.of(),
                                StopSignal.TERMINATE));
        Rival.awaitPort(process, port);
        return new Nginx(port);
    }
}
