package com.tokaify.ledger.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Gateways of other people that are run by their recipes in {@code docs/gateways}, where a machine
 * has them; {@code .ci/run} installs them and demands their tests.
 */
public enum GatewayProgram {
    /** nginx with {@code auth_request}, of Debian's {@code nginx-light}. */
    NGINX,

    /** Caddy with {@code forward_auth}, of Debian's {@code caddy}. */
    CADDY;

    private static final String DEMANDED = "LEDGER_TEST_GATEWAYS";

    /**
     * Where its program lies.
     *
     * @throws IllegalStateException where it is demanded and not there
     */
    public Optional<Path> find() {
        Optional<Path> found =
                places().stream().map(Path::of).filter(Files::isExecutable).findFirst();
        if (found.isEmpty() && System.getenv(DEMANDED) != null) {
            throw new IllegalStateException(DEMANDED + " is set, but there is none of " + places());
        }
        return found;
    }

    private List<String> places() {
        return switch (this) {
            case NGINX -> List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx");
            case CADDY -> List.of("/usr/bin/caddy", "/usr/local/bin/caddy");
        };
    }

    /** The name of its recipe. */
    public String recipe() {
        return switch (this) {
            case NGINX -> "nginx.conf";
            case CADDY -> "Caddyfile";
        };
    }

    /** Runs it in the foreground; what it writes it keeps in the folder. */
    List<String> command(Path program, Path configuration, Path folder) {
        return switch (this) {
            case NGINX ->
                    List.of(
                            program.toString(),
                            "-p",
                            folder.toString(),
                            "-c",
                            configuration.toString(),
                            "-g",
                            "daemon off; master_process off;");
            case CADDY ->
                    List.of(
                            program.toString(),
                            "run",
                            "--config",
                            configuration.toString(),
                            "--adapter",
                            "caddyfile");
        };
    }
}
