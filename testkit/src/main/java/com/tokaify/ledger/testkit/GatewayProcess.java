package com.tokaify.ledger.testkit;

import com.tokaify.ledger.local.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A real gateway on a free port, configured by its recipe in {@code docs/gateways} with nothing
 * changed but ports. Ended by {@link #close}.
 */
public final class GatewayProcess implements AutoCloseable {
    /** From the folder of any module, where its tests run. */
    private static final Path RECIPES = Path.of("..", "docs", "gateways");

    private static final long STOP_SECONDS = 60;

    private final Process process;
    private final int port;

    private GatewayProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one; it listens a moment later.
     *
     * @param executable its program
     * @param folder where it may write
     * @param ledger the port of enforcement-service
     * @param models the port of what is guarded
     */
    public static GatewayProcess start(
            GatewayProgram program, Path executable, Path folder, int ledger, int models)
            throws IOException {
        int port = LoopbackPort.free();
        Path configuration =
                Files.writeString(
                        folder.resolve(program.recipe()),
                        recipe(program.recipe(), ledger, models, port));
        ProcessBuilder builder =
                new ProcessBuilder(program.command(executable, configuration, folder))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("gateway.log").toFile());
        builder.environment().put("HOME", folder.toString());
        return new GatewayProcess(builder.start(), port);
    }

    /** The text of a recipe, with these ports in the place of those that stand there. */
    public static String recipe(String name, int ledger, int models, int gateway)
            throws IOException {
        return Files.readString(RECIPES.resolve(name))
                .replace(":8083", ":" + ledger)
                .replace(":9000", ":" + models)
                .replace(":8000", ":" + gateway);
    }

    /** Where a path is asked for. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the gateway did not end within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw LedgerInfrastructure.interrupted(e);
        }
    }
}
