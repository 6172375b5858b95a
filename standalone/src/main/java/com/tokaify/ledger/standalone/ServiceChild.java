package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of the ledger's services, run from its own executable jar with nothing but environment
 * variables, as in production.
 *
 * @param environment what it is told besides the addresses, such as passwords
 */
record ServiceChild(
        String name,
        ServiceJar jar,
        LedgerPort port,
        Heap heap,
        Map<String, String> environment,
        Addresses addresses,
        LocalFolder folder)
        implements Child {
    private static final String READINESS = "/actuator/health/readiness";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
    private static final int OK = 200;

    ServiceChild {
        environment = Map.copyOf(environment);
    }

    @Override
    public String address() {
        return "http://" + addresses.hostAndPort(port);
    }

    @Override
    public String otherAddress() {
        return port == LedgerPort.ENFORCEMENT
                ? "gRPC at " + addresses.hostAndPort(LedgerPort.ENFORCEMENT_GRPC)
                : "";
    }

    @Override
    public ManagedProcess start() throws IOException, InterruptedException {
        ManagedProcess process =
                ManagedProcess.start(
                        new ManagedProcess.Launch(
                                name, jar.command(heap), told(), StopSignal.TERMINATE),
                        folder);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PROBE_LIMIT).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address() + READINESS))
                            .timeout(PROBE_LIMIT)
                            .build();
            process.awaitReady(START_LIMIT, () -> isReady(client, request));
        }
        return process;
    }

    private Map<String, String> told() {
        Map<String, String> whole = new LinkedHashMap<>(addresses.environment());
        whole.putAll(environment);
        return whole;
    }

    @Override
    public void prepareNextStart() throws IOException, InterruptedException {
        jar.prepare(name, heap, told(), folder);
    }

    private static boolean isReady(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            // The wait between two probes throws it again.
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Passwords are in the environment. */
    @Override
    public String toString() {
        return name + " at " + address();
    }
}
