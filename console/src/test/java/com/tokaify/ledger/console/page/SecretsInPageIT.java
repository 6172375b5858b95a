package com.tokaify.ledger.console.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A secret is where somebody wanted it, for as long as they wanted it, and nowhere else. */
class SecretsInPageIT extends Scene {
    private static final String EVERYTHING_KEPT =
            """
            () => document.documentElement.outerHTML + location.href + document.cookie + JSON.stringify(history.state)
              + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)
              + [...document.querySelectorAll('input, textarea')].map(field => field.value).join()
            """;

    private String kept() {
        return (String) page().evaluate(EVERYTHING_KEPT);
    }

    @Test
    void noSecretIsAnywhereUntilItIsShownAndAfterItIsHidden() {
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens");
        assertThat(page.locator(".tokens-table")).isVisible();
        assertThat(kept()).doesNotContain(PlayedLedger.SECRET_START);
        assertThat(commands()).isEmpty();
        button("Show the key of chat-production").click();
        assertThat(page.locator(".tokens-table")).containsText(PlayedLedger.SECRET_START);
        button("Hide the key of chat-production").click();
        assertThat(page.locator(".tokens-table")).not().containsText(PlayedLedger.SECRET_START);
        assertThat(kept()).doesNotContain(PlayedLedger.SECRET_START);
    }

    /** Copying needs no showing; each is told to the ledger as what it is. */
    @Test
    void copiesLeaveNothingInThePage() {
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens();
        Page page =
                open(ledger, "#/tokens/" + ledger.token("prototype").path("tokenId").asString());
        page.locator("access-card").getByText("Copy connection string").click();
        assertThat(page.getByText("Connection string copied.")).isVisible();
        assertThat((String) page.evaluate("navigator.clipboard.readText()"))
                .contains("newapi_channel_conn", PlayedLedger.SECRET_START);
        assertThat(kept()).doesNotContain(PlayedLedger.SECRET_START);
        assertThat(
                        server().asked().stream()
                                .filter(asked -> asked.path().endsWith("/reveal"))
                                .map(Asked::body))
                .containsExactly("{\"as\":\"connection-string\"}");
    }

    /** A new secret goes with the drawer it was shown in. */
    @Test
    void newSecretGoesWithItsDrawer() {
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens");
        button("Create token").click();
        page.locator("#token-name").fill("short-lived");
        page.locator("token-drawer .primary").last().click();
        assertThat(page.locator("[data-secret]")).containsText(PlayedLedger.SECRET_START);
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(kept()).doesNotContain(PlayedLedger.SECRET_START);
    }

    /**
     * A screen left open shows no keys to passers-by; who has the password comes back to the place.
     */
    @Test
    void oldPasswordIsAskedForAgainAndThePlaceIsFoundAgain() {
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens();
        ledger.passwordIsOld();
        String place = "#/tokens/" + ledger.token("prototype").path("tokenId").asString();
        Page page = open(ledger, place);
        page.locator("masked-secret button").first().click();
        assertThat(page.locator("dialog[open]")).containsText("Your password, please");
        button("Sign in again").click();
        assertThat(page).hasURL(Pattern.compile("/sign-in\\?again$"));
        page.navigate(server().url() + "/");
        assertThat(page.locator("h1")).hasText("prototype");
    }

    @Test
    void whoIsNoLongerSignedInIsLedToTheSignInPage() {
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens();
        Page page = open(ledger, "#/tokens");
        ledger.sessionEndsAtSearch("x");
        page.getByLabel("Search").fill("x");
        assertThat(page).hasURL(Pattern.compile("/sign-in$"));
    }
}
