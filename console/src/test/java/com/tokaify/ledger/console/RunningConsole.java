package com.tokaify.ledger.console;

import com.tokaify.ledger.foreign.ForeignIssuer;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.testkit.Browser;
import com.tokaify.ledger.testkit.ConsoleDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A whole console on a free port, with a clock that can be moved and services that are not real.
 */
public final class RunningConsole implements AutoCloseable {
    public static final String OPERATOR_PASSWORD = "quiet harbour at noon";
    public static final String LOCAL_SECRET = "secret-of-the-local-client-of-tests";
    public static final String WATCHER_SECRET = "secret-of-what-watches-in-tests";

    /** The first instance of enforcement-service; nobody listens there. */
    public static final String INSTANCE_AWAY = "http://127.0.0.1:1";

    private final MovableClock clock = new MovableClock();
    private final FakeServices services = FakeServices.start();
    private final FakeServices lastInstance = FakeServices.start();
    private final ConsoleDatabase database = LedgerInfrastructure.get().newConsoleDatabase();
    private final int port = LoopbackPort.free();
    private final Path folder;
    private final Map<String, String> settings;
    private final @Nullable ForeignIssuer issuer;
    private ConfigurableApplicationContext context;

    private RunningConsole(
            Path folder,
            @Nullable Function<URI, ForeignIssuer> issuers,
            Map<String, String> settings) {
        this.folder = folder;
        this.settings = settings;
        this.issuer = issuers == null ? null : issuers.apply(address());
        try {
            Files.writeString(folder.resolve("first"), OPERATOR_PASSWORD);
            Files.writeString(folder.resolve("local"), LOCAL_SECRET);
            Files.writeString(folder.resolve("watcher"), WATCHER_SECRET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.context = run();
    }

    /**
     * @param folder for its keys and passwords
     * @param settings of the test
     */
    public static RunningConsole start(Path folder, Map<String, String> settings) {
        return new RunningConsole(folder, null, settings);
    }

    /** One that signs people in elsewhere, at an issuer that is told where the console is. */
    public static RunningConsole start(
            Path folder, Function<URI, ForeignIssuer> issuers, Map<String, String> settings) {
        return new RunningConsole(folder, issuers, settings);
    }

    private ConfigurableApplicationContext run() {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("LEDGER_CONSOLE_PORT", Integer.toString(port));
        told.put("LEDGER_CONSOLE_URL", address().toString());
        told.put("LEDGER_CONSOLE_DATABASE_URL", database.jdbcUrl());
        told.put("LEDGER_CONSOLE_PASSWORD", database.password());
        told.put("LEDGER_SIGNING_KEY_FILE", folder.resolve("keys").toString());
        told.put("LEDGER_FIRST_OPERATOR_PASSWORD_FILE", folder.resolve("first").toString());
        told.put("LEDGER_LOCAL_CLIENT_SECRET_FILE", folder.resolve("local").toString());
        told.put("LEDGER_WATCHER_SECRET_FILE", folder.resolve("watcher").toString());
        told.put("LEDGER_COMMAND_URL", services.url());
        told.put("LEDGER_QUERY_URL", services.url());
        told.put(
                "LEDGER_ENFORCEMENT_URLS",
                String.join(", ", INSTANCE_AWAY, services.url(), lastInstance.url()));
        told.put("LEDGER_SERVICE_PATIENCE", "3s");
        if (issuer != null) {
            told.put("LEDGER_OIDC_ISSUER", issuer.address().toString());
        }
        told.putAll(settings);
        List<String> arguments = new ArrayList<>();
        told.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(Console.class)
                .initializers(fresh ->
                        ((GenericApplicationContext) fresh)
                                .registerBean(InstantSource.class, () -> clock))
                .run(arguments.toArray(String[]::new));
    }

    /** The same console again, as after an update. */
    public void restart() {
        context.close();
        context = run();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Browser browser() {
        return new Browser(address());
    }

    /** Somebody who is let do anything. */
    public Browser operator() {
        Browser browser = browser();
        if (browser.signIn("operator", OPERATOR_PASSWORD).status() >= 500
                || browser.get("/api/me").status() != 200) {
            throw new AssertionError("the operator is not let in");
        }
        return browser;
    }

    /** The other issuer, where there is one. */
    public @Nullable URI issuer() {
        return issuer == null ? null : issuer.address();
    }

    public MovableClock clock() {
        return clock;
    }

    public FakeServices services() {
        return services;
    }

    /** The third instance of enforcement-service; the second is among the others. */
    public FakeServices lastInstance() {
        return lastInstance;
    }

    public ConsoleDatabase database() {
        return database;
    }

    @Override
    public void close() {
        context.close();
        services.close();
        lastInstance.close();
        if (issuer != null) {
            issuer.close();
        }
    }
}
