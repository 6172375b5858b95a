package com.tokaify.ledger.testkit.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The browser all tests of a JVM share: starting one takes longer than most of them. The machine's
 * own is used; {@code .ci/run} installs it and demands these tests. For one thread.
 */
public final class Chromium {
    private static final String DEMANDED = "LEDGER_TEST_BROWSER";
    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> QUIETLY =
            List.of(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private static @Nullable Browser shared;

    private Chromium() {}

    /**
     * Where it lies.
     *
     * @throws IllegalStateException where it is demanded and not there
     */
    public static Optional<Path> find() {
        Optional<Path> found =
                PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
        if (found.isEmpty() && System.getenv(DEMANDED) != null) {
            throw new IllegalStateException(DEMANDED + " is set, but there is none of " + PLACES);
        }
        return found;
    }

    public static Browser shared() {
        if (shared == null) {
            Playwright playwright =
                    Playwright.create(
                            new Playwright.CreateOptions()
                                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            shared =
                    playwright
                            .chromium()
                            .launch(
                                    new LaunchOptions()
                                            .setExecutablePath(find().orElseThrow())
                                            .setArgs(QUIETLY));
        }
        return shared;
    }
}
