package com.tokaify.ledger.console.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nobody is shown what would be refused. */
class RolesIT extends Scene {

    private List<String> ways() {
        return page().locator(".side nav a").allTextContents().stream().map(String::strip).toList();
    }

    @Test
    void auditorSeesEverythingAndHasNoButtonThatWouldBeRefused() {
        PlayedLedger ledger = PlayedLedger.as("auditor").withTokens();
        Page page = open(ledger, "#/tokens");
        assertThat(ways()).containsExactly("Tokens", "Accounts", "Audit", "Catalog");
        assertThat(
                        page.locator(
                                ".switch, .tokens-table button, .tokens-table input, .page-head button"))
                .hasCount(0);
        page.navigate(
                server().url()
                        + "/#/tokens/"
                        + ledger.token("prototype").path("tokenId").asString());
        assertThat(page.locator("h1")).hasText("prototype");
        assertThat(page.locator(".switch, .page-head button, masked-secret button")).hasCount(0);
        assertThat(page.locator("access-card")).not().containsText("Copy token");
        page.navigate(server().url() + "/#/audit");
        assertThat(page.getByText("JSON lines"))
                .hasAttribute(
                        "href",
                        java.util.regex.Pattern.compile(
                                "^/api/query/v1/audit/export\\?format=ndjson"));
    }

    @Test
    void ownerHasTheOwnAccountAndNoPlaceOfOperators() {
        Page page =
                open(PlayedLedger.as("owner").withTokens(), "#/accounts/" + PlayedLedger.ACCOUNT);
        assertThat(ways()).containsExactly("Tokens", "Account", "Audit", "Catalog");
        assertThat(page.locator("h1")).hasText("Acme");
        assertThat(page.locator(".page-head button")).hasCount(0);
        page.navigate(server().url() + "/#/users");
        assertThat(page.locator("h1")).hasText("Nothing here");
    }

    @Test
    void operatorCreditsAnAccountInDollars() {
        Page page =
                open(
                        PlayedLedger.as("operator").withTokens(),
                        "#/accounts/" + PlayedLedger.ACCOUNT);
        assertThat(ways())
                .containsExactly("Tokens", "Accounts", "Audit", "Catalog", "Users", "Instances");
        page.locator(".page-head .primary").click();
        page.locator("#ask-amount").fill("a lot");
        page.locator("#ask-reference").fill("invoice 4712");
        page.locator("dialog .primary").click();
        assertThat(page.locator("#ask-amount")).hasAttribute("aria-invalid", "true");
        page.locator("#ask-amount").fill("12.50");
        page.locator("dialog .primary").click();
        assertThat(page.locator(".notice")).containsText("Acme is credited $12.50.");
        assertThat(
                        server().asked().stream()
                                .filter(asked -> asked.path().endsWith("/credits"))
                                .map(asked -> asked.json().path("amount").asLong()))
                .containsExactly(6_250_000L);
    }

    @Test
    void operatorSeesHowFarThePartsAreAndHowLongChangesTake() {
        Page page = open(PlayedLedger.as("operator").withTokens(), "#/instances");
        assertThat(page.locator("#guard-title")).isVisible();
        assertThat(tile(page.locator(".instance"), "Propagation"))
                .hasText(
                        Pattern.compile(
                                "Propagation\\s*8 ms\\s*half of the latest 1,000; 99 of 100 within 74 ms"));
    }

    /** Each instance of the guard stands for itself, also where one has fallen behind. */
    @Test
    void operatorSeesEachInstance() {
        PlayedLedger ledger = PlayedLedger.as("operator").withTokens().withInstances(2);
        Page page = open(ledger, "#/tokens");
        page.getByRole(AriaRole.SWITCH).first().click();
        assertThat(page.locator(".tokens-table")).containsText("in force at all 2 instances");
        ledger.fallBehind(2);
        page.getByRole(AriaRole.SWITCH).last().click();
        page.locator(".side nav a").getByText("Instances").click();
        Locator instances = page.locator(".instance");
        assertThat(instances).hasCount(2);
        assertThat(instances.first().locator("h3")).hasText("guard-1.internal:8083");
        assertThat(instances.last().locator("h3")).hasText("guard-2.internal:8083");
        assertThat(tile(instances.first(), "Behind")).hasText(Pattern.compile("Behind\\s*0"));
        assertThat(tile(instances.last(), "Behind")).hasText(Pattern.compile("Behind\\s*1"));
    }

    private static Locator tile(Locator instance, String label) {
        return instance.locator(".tile", new Locator.LocatorOptions().setHasText(label));
    }

    @Test
    void invitationIsALinkThatIsShownOnce() {
        Page page = open(PlayedLedger.as("operator").withTokens(), "#/users");
        button("Invite").click();
        page.locator("#account").fill("nobody's");
        button("Make the link").click();
        assertThat(page.locator("account-field .error")).containsText("No account fits");
        page.locator("#account").fill("acm");
        button("Make the link").click();
        assertThat(page.locator("[data-secret]")).hasText("http://localhost:8080/invitation/once");
        assertThat(
                        server().asked().stream()
                                .filter(asked ->
                                        asked.method().equals("POST")
                                                && asked.path().equals("/api/users"))
                                .map(asked -> asked.json().path("accountId").asString()))
                .containsExactly(PlayedLedger.ACCOUNT);
        button("Done").click();
        assertThat(page.locator("[data-secret]")).hasCount(0);
    }

    @Test
    void gatewayIsToldThatThisIsNoPlaceForMachines() {
        Page page = open(PlayedLedger.as("gateway"), "");
        assertThat(page.locator("h1")).hasText("This sign-in is for a gateway");
        assertThat(ways()).isEmpty();
    }
}
