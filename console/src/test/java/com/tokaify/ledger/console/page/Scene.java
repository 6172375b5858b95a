package com.tokaify.ledger.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import com.tokaify.ledger.testkit.browser.Chromium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test in which somebody sits before the page. Whatever it does, the page must not fail, break
 * the content security policy, or say what the services' documents do not allow.
 */
abstract class Scene {
    /** Generous: what is waited for comes at once on a machine that has nothing else to do. */
    static final double PATIENCE_MS = 30_000;

    /** Everything is there: nothing is loading, and what draws itself later is drawn. */
    private static final String SETTLED =
            "() => !document.querySelector('main [aria-busy=true]')"
                    + " && [...document.querySelectorAll('usage-card')].every(card => card.querySelector('canvas'))"
                    + " && [...document.querySelectorAll('history-card')].every(card => card.querySelector('li'))"
                    + " && [...document.querySelectorAll('people-card, machines-card')].every(card => card.querySelector('td'))";

    private final List<String> mistakes = new ArrayList<>();
    private @Nullable PageServer server;
    private @Nullable BrowserContext context;
    private @Nullable Page page;

    @BeforeEach
    void thereIsABrowser() {
        assumeTrue(Chromium.find().isPresent(), "there is no Chromium: apt-get install chromium");
    }

    @AfterEach
    void nothingWentWrong() {
        if (context != null) {
            context.close();
        }
        if (server != null) {
            server.close();
            assertThat(server.faults()).isEmpty();
        }
        assertThat(mistakes).as("what the browser complains of").isEmpty();
    }

    /** Opens a place of the page, such as {@code #/tokens}, and waits until it is there. */
    Page open(PlayedLedger ledger, String place) {
        return open(ledger, place, new NewContextOptions());
    }

    Page open(PlayedLedger ledger, String place, NewContextOptions options) {
        try {
            server = new PageServer(ledger);
        } catch (IOException e) {
            throw new AssertionError("cannot serve the page", e);
        }
        if (options.locale == null) {
            options.setLocale("en-GB");
        }
        options.setTimezoneId("Europe/Berlin").setReducedMotion(ReducedMotion.REDUCE);
        context = Chromium.shared().newContext(options);
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        page.onConsoleMessage(message -> {
            // A status that is no success is said by the browser as well; tests ask for some.
            if (message.type().equals("error")
                    && !message.text().startsWith("Failed to load resource")) {
                mistakes.add(message.text());
            }
        });
        page.onPageError(mistakes::add);
        page.navigate(server.url() + "/" + place);
        page.locator("main h1").waitFor();
        return page;
    }

    /** Waits until everything is there, and what draws itself is drawn. */
    void settle() {
        page().waitForFunction(SETTLED);
    }

    PageServer server() {
        return Objects.requireNonNull(server);
    }

    Page page() {
        return Objects.requireNonNull(page);
    }

    Locator button(String name) {
        return page().getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** What the page has asked a service to do, by method and path. */
    List<String> commands() {
        return server().asked().stream()
                .filter(asked -> asked.service().equals("command"))
                .map(Asked::name)
                .toList();
    }
}
