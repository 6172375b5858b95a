package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.local.JvmCommand;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.StopSignal;
import com.tokaify.ledger.query.QueryService;
import com.tokaify.ledger.query.RunningQueryService;
import com.tokaify.ledger.testkit.QueryDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The service in a JVM of its own, which can be killed. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ManagedProcess process;
    private final URI address;

    private ServiceProcess(ManagedProcess process, int port) {
        this.process = process;
        this.address = URI.create("http://127.0.0.1:" + port);
    }

    static ServiceProcess start(
            Path folder, QueryDatabase database, int partitions, String... settings)
            throws IOException {
        int port = LoopbackPort.free();
        List<String> arguments =
                new ArrayList<>(RunningQueryService.arguments(database, partitions));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        arguments.add("--server.port=" + port);
        ManagedProcess process =
                ManagedProcess.start(
                        new ManagedProcess.Launch(
                                "query-service",
                                new JvmCommand("256m")
                                        .main(QueryService.class, arguments.toArray(String[]::new)),
                                Map.of(),
                                StopSignal.TERMINATE),
                        LocalFolder.at(folder));
        return new ServiceProcess(process, port);
    }

    void awaitReady() throws IOException, InterruptedException {
        process.awaitReady(
                START_LIMIT,
                () -> {
                    try {
                        return status(request("/actuator/health/readiness")) == 200;
                    } catch (IOException notYet) {
                        return false;
                    }
                });
    }

    void post(String path) throws IOException {
        int status = status(request(path).POST(BodyPublishers.noBody()));
        if (status != 202) {
            throw new AssertionError(path + " was answered " + status);
        }
    }

    void kill() throws IOException, InterruptedException {
        process.kill();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    private int status(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.kill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
