package com.tokaify.ledger.console.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.tokaify.ledger.console.RunningConsole;
import com.tokaify.ledger.testkit.Browser;
import com.tokaify.ledger.testkit.browser.Chromium;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes a picture of every page in light and dark, on a desk and on a phone, for people to look at.
 * The README has the command; not asked for, it does nothing.
 */
class ScreenshotsIT extends Scene {
    private static final String FOLDER = System.getProperty("ledger.screenshots", "");

    enum Look {
        LIGHT(ColorScheme.LIGHT, 1280, 860),
        DARK(ColorScheme.DARK, 1280, 860),
        PHONE(ColorScheme.LIGHT, 360, 740);

        private final ColorScheme light;
        private final int width;
        private final int height;

        Look(ColorScheme light, int width, int height) {
            this.light = light;
            this.width = width;
            this.height = height;
        }

        NewContextOptions options() {
            return new NewContextOptions().setColorScheme(light).setViewportSize(width, height);
        }
    }

    static Stream<Arguments> placesByLook() {
        return Places.all().stream()
                .flatMap(place -> Stream.of(Look.values()).map(look -> Arguments.of(place, look)));
    }

    @ParameterizedTest
    @MethodSource("placesByLook")
    void everyPage(Places place, Look look) {
        assumeTrue(!FOLDER.isEmpty(), "nobody asked for pictures");
        open(PlayedLedger.as(place.role()).withTokens(), place.place(), look.options());
        take(place.name(), look);
    }

    @ParameterizedTest
    @MethodSource("com.tokaify.ledger.console.page.Places#all")
    void everyPageInChinese(Places place) {
        assumeTrue(!FOLDER.isEmpty(), "nobody asked for pictures");
        open(
                PlayedLedger.as(place.role()).withTokens(),
                place.place(),
                Look.LIGHT.options().setLocale("zh-CN"));
        take(place.name() + "-zh", Look.LIGHT);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void drawer(Look look) {
        assumeTrue(!FOLDER.isEmpty(), "nobody asked for pictures");
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens", look.options());
        button("Create token").click();
        page.locator("#token-name").fill("contractor");
        page.getByLabel("Limited", new Page.GetByLabelOptions().setExact(true)).check();
        page.getByLabel("Only these").check();
        page.getByLabel("Only from").check();
        page.locator("#addresses").fill("203.0.113.7, 10.0.0.300");
        page.getByText("1 day", new Page.GetByTextOptions().setExact(true)).click();
        Locator form = page.locator("token-drawer .dialog-body");
        form.evaluate("body => body.scrollTo(0, 0)");
        take("drawer", look);
        form.evaluate("body => body.scrollTo(0, body.scrollHeight)");
        take("drawer-end", look);
    }

    static Stream<Look> looks() {
        return Stream.of(Look.values());
    }

    @Test
    void newSecret() {
        assumeTrue(!FOLDER.isEmpty(), "nobody asked for pictures");
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens", Look.LIGHT.options());
        button("Create token").click();
        page.locator("#token-name").fill("contractor");
        page.locator("token-drawer .primary").last().click();
        page.locator("[data-secret]").waitFor();
        take("new-secret", Look.LIGHT);
    }

    @Test
    void timeTravelAndDiagnosis() {
        assumeTrue(!FOLDER.isEmpty(), "nobody asked for pictures");
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens();
        Page page =
                open(
                        ledger,
                        "#/tokens/" + ledger.token("contractor-mueller").path("tokenId").asString(),
                        Look.LIGHT.options());
        page.locator("#diagnosis-ip").fill("198.51.100.1");
        button("Check").click();
        page.locator(".checks").first().waitFor();
        page.locator("#moment").focus();
        page.keyboard().press("Home");
        page.locator(".facts .changed").first().waitFor();
        take("time-travel", Look.LIGHT);
    }

    /** The pages before the page are the real console's; here with a password that is wrong. */
    @Test
    void beforeThePage(@TempDir Path folder) {
        assumeTrue(!FOLDER.isEmpty(), "nobody asked for pictures");
        try (RunningConsole console = RunningConsole.start(folder, Map.of());
                Browser operator = console.operator()) {
            String link =
                    operator.post("/api/users", "{\"role\":\"auditor\"}")
                            .json()
                            .path("link")
                            .asString();
            for (Look look : Look.values()) {
                picture(console.address() + "/sign-in", "sign-in", look, "en-GB");
                picture(console.address() + "/sign-in", "sign-in-zh", look, "zh-CN");
                picture(link, "invitation", look, "en-GB");
                picture(console.address() + "/invitation/none", "gone", look, "en-GB");
            }
        }
    }

    private static void picture(String address, String name, Look look, String language) {
        try (BrowserContext context =
                Chromium.shared().newContext(look.options().setLocale(language))) {
            Page page = context.newPage();
            page.navigate(address);
            if (page.locator("[autocomplete=current-password]").count() > 0) {
                // Each picture's own: wrong passwords are counted by name.
                page.locator("#name").fill("ada-" + language + "-" + look);
                page.locator("#password").fill("not the password");
                page.locator("form button").click();
                page.locator(".problem").waitFor();
            }
            save(page, name, look);
        }
    }

    private void take(String name, Look look) {
        settle();
        save(page(), name, look);
    }

    private static void save(Page page, String name, Look look) {
        String file = name + "-" + look.name().toLowerCase(Locale.ROOT) + ".png";
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(page.locator("dialog[open]").count() == 0)
                        .setPath(Path.of(FOLDER, file)));
    }
}
