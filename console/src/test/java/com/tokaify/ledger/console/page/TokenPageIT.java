package com.tokaify.ledger.console.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokenPageIT extends Scene {

    private Page openToken(String role, String name) {
        PlayedLedger ledger = PlayedLedger.as(role).withTokens();
        JsonNode token = ledger.token(name);
        Page page = open(ledger, "#/tokens/" + token.path("tokenId").asString());
        assertThat(page.locator("h1")).hasText(name);
        return page;
    }

    /** Every moment of the past is a few presses of a key away, and now is one. */
    @Test
    void sliderShowsTheTokenAsItWas() {
        Page page = openToken("owner", "chat-production");
        page.locator("#moment").focus();
        page.keyboard().press("Home");
        assertThat(page.locator(".facts").first()).containsText("chat-staging");
        assertThat(page.locator(".facts .changed").first()).isVisible();
        assertThat(page.locator(".facts .changed").first()).isInViewport();
        assertThat(page.locator("#moment")).isInViewport();
        assertThat(page.locator("#moment"))
                .hasAttribute("aria-valuetext", Pattern.compile("Created as"));
        page.getByText("Back to now").click();
        assertThat(page.locator(".facts").first()).not().containsText("chat-staging");
    }

    /** Whoever follows a trace to a token that is gone finds what it was, and nothing to press. */
    @Test
    void deletedTokenIsStillToBeSeen() {
        Page page = openToken("owner", "prototype");
        String address = page.url();
        button("More for prototype").click();
        page.getByRole(AriaRole.MENUITEM).getByText("Delete").click();
        page.locator("#delete-name").fill("prototype");
        button("Delete for good").click();
        assertThat(page.locator("h1")).hasText("Tokens");

        page.navigate(address);
        assertThat(page.locator(".page-head .chip")).hasText("Deleted");
        assertThat(page.locator(".facts").first()).containsText("$20.00");
        assertThat(page.locator("usage-card, history-card, diagnosis-card")).hasCount(3);
        assertThat(page.locator(".switch, access-card, masked-secret, .page-head button"))
                .hasCount(0);
        assertThat(button("Edit")).hasCount(0);
        page.locator("#moment").focus();
        page.keyboard().press("Home");
        assertThat(page.getByText("Back to now")).isVisible();
    }

    @Test
    void timelineTellsWhoDidWhatAndWhatItChanged() {
        Page page = openToken("auditor", "chat-production");
        assertThat(page.locator(".timeline")).containsText("Disabled: spend looked odd");
        assertThat(page.locator(".timeline")).containsText("Mei Lin (owner)");
        assertThat(page.locator(".changes").nth(2)).containsText("Quota: $20.00 → $200.00");
    }

    /** "I created a token but it does not work": the check that fails says why and what to do. */
    @Test
    void diagnosisNamesTheCheckThatFails() {
        Page page = openToken("owner", "contractor-mueller");
        page.locator("#diagnosis-ip").fill("198.51.100.1");
        button("Check").click();
        assertThat(page.locator(".checks .failed")).containsText("203.0.113.0/24");
        assertThat(page.locator(".checks .failed .remedy"))
                .containsText("Add 198.51.100.1 to its allowed addresses");
        page.locator("#diagnosis-ip").fill("203.0.113.9");
        button("Check").click();
        assertThat(page.locator("diagnosis-card .message.good")).isVisible();
    }

    /**
     * Whoever reads Chinese reads what was found and what to do in Chinese, and no sentence else.
     */
    @Test
    void diagnosisIsInTheReadersLanguage() {
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens();
        String id = ledger.token("contractor-mueller").path("tokenId").asString();
        Page page = open(ledger, "#/tokens/" + id, new NewContextOptions().setLocale("zh-CN"));
        page.locator("#diagnosis-ip").fill("198.51.100.1");
        page.locator("diagnosis-card .primary").click();
        assertThat(page.locator(".checks .failed .said"))
                .hasText("198.51.100.1 不是允许的地址。允许的地址：203.0.113.0/24, 2001:db8::/32。");
        assertThat(page.locator(".checks .failed .remedy")).containsText("请将 198.51.100.1 加入允许的地址");
        assertThat(
                        page.locator(".checks").first().textContent()
                                + page.locator(".checks").last().textContent())
                .doesNotContainPattern("[A-Za-z]+ [A-Za-z]+");
    }

    /**
     * That nothing can be told yet is an answer too, and no sentence of a service is left in it.
     */
    @Test
    void diagnosisOfAGuardThatIsNotReadySaysSo() {
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens().withGuardNotReady();
        String id = ledger.token("chat-production").path("tokenId").asString();
        Page page = open(ledger, "#/tokens/" + id, new NewContextOptions().setLocale("zh-CN"));
        page.locator("diagnosis-card .primary").click();
        assertThat(page.locator(".checks .failed .said")).hasText("校验服务尚未与账本同步，暂时无法回答。");
        assertThat(page.locator(".checks .failed .remedy")).hasText("请稍后重试。");
        assertThat(page.locator(".checks").textContent())
                .doesNotContainPattern("[A-Za-z]+ [A-Za-z]+");
    }

    /** "Why was it refused at 10:32?" is answered by replay, with the event that made it so. */
    @Test
    void diagnosisOfThePastNamesTheEvent() {
        Page page = openToken("auditor", "chat-production");
        page.locator("#diagnosis-at").fill("2026-11-29T10:32");
        button("Check").click();
        assertThat(page.locator(".checks .failed")).containsText("Disabled, ");
        assertThat(page.locator(".checks .failed actor-name")).hasText("Mei Lin (owner)");
        assertThat(page.locator("diagnosis-card")).containsText("behind the ledger");
        assertThat(
                        server().asked().stream()
                                .anyMatch(asked ->
                                        "2026-11-29T09:32:00.000Z".equals(asked.parameter("at"))))
                .isTrue();
    }

    @Test
    void snippetsUseTheConfiguredAddressAndNoKey() {
        Page page = openToken("owner", "prototype");
        for (String language : new String[] {"curl", "Python", "JavaScript"}) {
            page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(language)).check();
            assertThat(page.locator(".snippet pre")).containsText("https://api.tokaify.com/v1");
            assertThat(page.locator(".snippet pre")).containsText("gpt-4o-mini");
        }
        assertThat(page.locator(".snippet").textContent())
                .doesNotContain(PlayedLedger.SECRET_START);
    }

    @Test
    void chartIsReadOutByTheArrowKeys() {
        Page page = openToken("owner", "chat-production");
        page.locator("usage-chart canvas").waitFor();
        page.locator("usage-chart .plot").focus();
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator("usage-chart .readout"))
                .containsText(Pattern.compile("\\$.*calls"));
    }
}
