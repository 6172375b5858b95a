package com.tokaify.ledger.console.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.tokaify.ledger.console.RunningConsole;
import com.tokaify.ledger.testkit.browser.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page as the real console serves it, with its sign-in, session, headers and forwarding. */
@Timeout(180)
class PageIT {
    @TempDir private static Path folder;

    /**
     * From the password to a token that is off: the page runs under the console's own policy, its
     * commands carry what the console wants to see of it, and the services get the person's token.
     */
    @Test
    void operatorSignsInTurnsATokenOffAndSignsOut() throws Exception {
        assumeTrue(Chromium.find().isPresent(), "there is no Chromium: apt-get install chromium");
        List<String> mistakes = new ArrayList<>();
        try (PlayedServices services =
                        new PlayedServices(PlayedLedger.as("operator").withTokens());
                RunningConsole console = RunningConsole.start(folder, services.settings());
                BrowserContext context =
                        Chromium.shared().newContext(new NewContextOptions().setLocale("en-GB"))) {
            Page page = context.newPage();
            page.setDefaultTimeout(Scene.PATIENCE_MS);
            PlaywrightAssertions.setDefaultAssertionTimeout(Scene.PATIENCE_MS);
            page.onPageError(mistakes::add);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")
                        && !message.text().startsWith("Failed to load resource")) {
                    mistakes.add(message.text());
                }
            });
            page.navigate(console.address() + "/#/tokens?search=chat");
            signIn(page);
            assertThat(page.locator("h1")).hasText("Tokens");
            assertThat(page.locator(".side .me strong")).hasText("operator");
            assertThat(page.locator(".stream")).hasText("Live");
            // One comes back to where one was.
            assertThat(page.locator(".tokens-table tbody tr")).hasCount(1);

            Locator toggle = page.getByRole(AriaRole.SWITCH);
            toggle.click();
            assertThat(page.locator(".tokens-table")).containsText("in force at all 2 instances");
            assertThat(toggle).hasAttribute("aria-checked", "false");
            assertThat(services.play().asked())
                    .filteredOn(asked -> asked.path().endsWith("/disable"))
                    .singleElement()
                    .satisfies(asked -> {
                        assertThat(asked.headers().get("Authorization")).startsWith("Bearer ey");
                        assertThat(asked.headers()).containsKey("Idempotency-Key");
                        assertThat(asked.headers()).doesNotContainKey("Cookie");
                    });
            String kept =
                    (String)
                            page.evaluate(
                                    "document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
            assertThat(kept).doesNotContain("ey", "session").contains("XSRF-TOKEN");

            page.navigate(console.address() + "/#/instances");
            assertThat(page.locator(".instance h3")).hasCount(2);
            assertThat(page.locator(".instance .chip.live")).hasCount(2);
            page.navigate(console.address() + "/#/users");
            assertThat(page.locator("people-card")).containsText("operator");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            assertThat(page).hasURL(Pattern.compile("/sign-in$"));
            page.navigate(console.address() + "/");
            assertThat(page).hasURL(Pattern.compile("/sign-in$"));
            assertThat(services.play().faults()).isEmpty();
            // Their streams are to end before the console does.
            services.play().endStreams();
        }
        assertThat(mistakes).isEmpty();
    }

    private static void signIn(Page page) {
        page.waitForURL(Pattern.compile("/sign-in$"));
        page.locator("[name=username], [name=name]").fill("operator");
        page.locator("[type=password]").fill(RunningConsole.OPERATOR_PASSWORD);
        page.locator("button[type=submit], form button").first().click();
    }
}
