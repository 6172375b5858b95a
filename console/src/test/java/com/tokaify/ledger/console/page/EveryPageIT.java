package com.tokaify.ledger.console.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds on each page, for each person, in each light. */
class EveryPageIT extends Scene {
    private static final String PAINTED =
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
    private static final String WIDTH = "document.documentElement.scrollWidth";
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    /** A key of a message that has no text. */
    private static final String BARE_KEY =
            "() => (document.body.innerText.match(/\\b[a-z]+(\\.[a-zA-Z]+)+\\b/g) ?? []).filter(k => /^(%s)\\./.test(k))"
                    .formatted(
                            "tokens?|account|accounts|audit|catalog|users|people|machines|instances|quota|models|addresses|expiry|limits|usage|history|event|access|diagnosis|check|code|statement|settings?|filter|nav|theme|live|role|status|drawer|problem|statement");

    static List<Places> places() {
        return Places.all();
    }

    /** Names, roles, contrast: what tools can check of it. In the dark only colours are others. */
    @ParameterizedTest
    @MethodSource("places")
    void everybodyCanUseIt(Places place) {
        Page page = settled(place, new NewContextOptions());
        assertThat(grave(new AxeBuilder(page))).isEmpty();
        assertThat(page.evaluate(WIDTH)).isEqualTo(1280);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForFunction(
                "() => document.getAnimations().every(each => each.playState === 'finished')");
        page.evaluate(PAINTED);
        assertThat(grave(new AxeBuilder(page).withRules(List.of("color-contrast")))).isEmpty();
    }

    /** The form with the most to it, filled in and wrong. */
    @Test
    void everybodyCanUseTheDrawer() {
        Page page = open(PlayedLedger.as("operator").withTokens(), "#/tokens");
        button("Create token").click();
        page.getByLabel("Limited", new Page.GetByLabelOptions().setExact(true)).check();
        page.getByLabel("Only these").check();
        page.getByLabel("Only from").check();
        page.locator("#addresses").fill("nowhere");
        page.getByText("Limits by the minute, and of single models").click();
        button("Add a model").click();
        assertThat(grave(new AxeBuilder(page))).isEmpty();
    }

    /** On a phone of 360 pixels nothing has to be pushed sideways. */
    @ParameterizedTest
    @MethodSource("places")
    void fitsAPhoneInChinese(Places place) {
        Page page =
                settled(
                        place,
                        new NewContextOptions().setViewportSize(360, 740).setLocale("zh-CN"));
        assertThat(page.evaluate(WIDTH)).isEqualTo(360);
        assertThat((List<?>) page.evaluate(BARE_KEY)).isEmpty();
        assertThat(page.locator("html")).hasAttribute("lang", "zh");
    }

    /** The menu of a phone, by keyboard. */
    @Test
    void menuOfAPhoneOpensAndCloses() {
        Page page =
                open(
                        PlayedLedger.as("owner").withTokens(),
                        "#/tokens",
                        new NewContextOptions().setViewportSize(360, 740));
        button("Menu").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".side nav")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator(".side")).not().isVisible();
    }

    private Page settled(Places place, NewContextOptions options) {
        Page page = open(PlayedLedger.as(place.role()).withTokens(), place.place(), options);
        settle();
        return page;
    }

    private static List<String> grave(AxeBuilder axe) {
        return axe.analyze().getViolations().stream()
                .filter(rule -> GRAVE.contains(rule.getImpact()))
                .map(EveryPageIT::told)
                .toList();
    }

    private static String told(Rule rule) {
        return rule.getId()
                + ": "
                + rule.getNodes().stream()
                        .limit(3)
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }
}
