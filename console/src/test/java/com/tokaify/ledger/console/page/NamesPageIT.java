package com.tokaify.ledger.console.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People read names; ids are for programs, and for whoever looks closer. */
class NamesPageIT extends Scene {
    private static final String SHORT_ACCOUNT = "acc_…652dg4";

    private Locator row(String text) {
        return page().locator("tbody tr", new Page.LocatorOptions().setHasText(text));
    }

    private List<Asked> asked(String path) {
        return server().asked().stream().filter(asked -> asked.path().equals(path)).toList();
    }

    /** Who serves many sees whose each token is, by one question for a page of them. */
    @Test
    void listTellsWhoseEachTokenIs() {
        Page page = open(PlayedLedger.as("operator").withTokens(), "#/tokens");
        Locator account = row("chat-production").locator(".account a");
        assertThat(account).hasText("Acme");
        assertThat(account).hasAttribute("href", "#/accounts/" + PlayedLedger.ACCOUNT);
        assertThat(account.locator("name-of")).hasAttribute("title", PlayedLedger.ACCOUNT);
        assertThat(row("prototype").locator(".account a")).hasText(PlayedLedger.OTHER_NAME);
        assertThat(asked("/v1/names")).hasSize(1);
        button("Create token").click();
        page.keyboard().press("Escape");
        assertThat(asked("/v1/names")).as("what is known is not asked for again").hasSize(1);
    }

    /** However many there are, there is one question of few ids. */
    @Test
    void tenThousandTokensOfOneAccountAreOneQuestion() {
        open(PlayedLedger.as("auditor").withManyTokens(10_000), "#/tokens");
        assertThat(page().locator(".account a").last()).hasText("Acme");
        assertThat(asked("/v1/names"))
                .singleElement()
                .satisfies(asked ->
                        assertThat(asked.values("id")).containsExactly(PlayedLedger.ACCOUNT));
    }

    /** All of them are of the one account, which needs no saying. */
    @Test
    void ownersListSaysNothingOfAccounts() {
        open(PlayedLedger.as("owner").withTokens(), "#/tokens");
        assertThat(row("chat-production")).isVisible();
        assertThat(page().locator(".account a")).hasCount(0);
        assertThat(asked("/v1/names")).isEmpty();
    }

    @Test
    void listOfOneAccountSaysOnceWhoseItIs() {
        open(
                PlayedLedger.as("operator").withTokens(),
                "#/tokens?accountId=" + PlayedLedger.ACCOUNT);
        assertThat(button("Only of Acme")).isVisible();
        assertThat(page().locator(".account a")).hasCount(0);
    }

    /** An id says as much as a problem would; and whoever cannot answer is left alone a while. */
    @Test
    void idStaysUntilANameComes() {
        PlayedLedger ledger = PlayedLedger.as("operator").withTokens().withoutNames();
        Page page = open(ledger, "#/tokens");
        page.waitForCondition(() -> !asked("/v1/names").isEmpty());
        Locator account = row("chat-production").locator(".account a");
        assertThat(account).hasText(SHORT_ACCOUNT);
        assertThat(account.locator("name-of")).hasAttribute("title", PlayedLedger.ACCOUNT);
        page.getByLabel("Search").fill("chat");
        assertThat(page.locator(".tokens-table tbody tr")).hasCount(1);
        assertThat(account).hasText(SHORT_ACCOUNT);
        assertThat(page.locator(".message, .notice")).hasCount(0);
        assertThat(asked("/v1/names")).hasSize(1);
        ledger.namesAreBack();
        assertThat(account).hasText("Acme");
    }

    /** Who did what to what, in words. */
    @Test
    void auditTellsNamesOfThingsAndPeople() {
        Page page = open(PlayedLedger.as("operator").withTokens(), "#/audit");
        Locator disabled = row("Disabled: leaked");
        assertThat(disabled.locator("td:nth-child(3) a")).hasText("chat-production");
        assertThat(disabled).containsText("Mei Lin (owner)");
        assertThat(disabled.locator("actor-name"))
                .hasAttribute("title", "owner:" + PlayedLedger.OWNER);
        assertThat(row("credited").locator("td:nth-child(3) a")).hasText("Acme");
        assertThat(row("credited").locator("actor-name")).hasText("You");
        assertThat(row("Expired").locator("actor-name")).hasText("The ledger’s clock");
        assertThat(row("opened").locator("actor-name")).hasText("Operator local");
        assertThat(page.locator(".feed-table")).not().containsText("…");
        assertThat(asked("/v1/names")).hasSize(1);
        assertThat(asked("/api/people"))
                .singleElement()
                .satisfies(asked ->
                        assertThat(asked.values("id")).containsExactly(PlayedLedger.OWNER));
    }

    /** A name cannot be typed into a filter that is about ids, so it leads there. */
    @Test
    void whoDidItLeadsToWhatElseTheyDid() {
        Page page = open(PlayedLedger.as("operator").withTokens(), "#/audit?class=security");
        row("Disabled: leaked").locator(".who a").click();
        assertThat(page.getByLabel("Who")).hasValue("owner:" + PlayedLedger.OWNER);
        assertThat(row("Disabled: leaked").locator("actor-name")).hasText("Mei Lin (owner)");
        assertThat(row("Disabled: leaked").locator(".who a")).hasCount(0);
        Asked last = asked("/v1/audit/events").getLast();
        assertThat(last.parameter("actor")).isEqualTo("owner:" + PlayedLedger.OWNER);
        assertThat(last.parameter("class")).isEqualTo("security");
    }

    /** Who runs the ledger is no owner's business by name. */
    @Test
    void ownerIsToldTheRoleOfOperators() {
        open(PlayedLedger.as("owner").withTokens(), "#/audit");
        assertThat(row("Disabled: leaked").locator("actor-name")).hasText("You");
        assertThat(row("credited").locator("td:nth-child(3) a")).hasText("Acme");
        assertThat(row("credited").locator("actor-name")).hasText("Operator");
    }

    /** Another issuer's people have no names here, and nobody is asked for them. */
    @Test
    void withAnotherIssuerIdsOfPeopleStay() {
        open(PlayedLedger.as("operator").withForeignIssuer().withTokens(), "#/audit");
        assertThat(row("Disabled: leaked").locator("actor-name"))
                .hasText("Owner " + PlayedLedger.OWNER);
        assertThat(row("credited").locator("actor-name")).hasText("You");
        assertThat(row("credited").locator("td:nth-child(3) a")).hasText("Acme");
        assertThat(asked("/api/people")).isEmpty();
    }

    /** A name that changes is changed wherever it stands. */
    @Test
    void namesFollowTheLedger() throws IOException {
        PlayedLedger ledger = PlayedLedger.as("operator").withTokens();
        Page page = open(ledger, "#/audit");
        Locator subject = row("Disabled: leaked").locator("td:nth-child(3) a");
        assertThat(subject).hasText("chat-production");
        assertThat(page.locator(".stream")).hasText("Live");
        ledger.rename("chat-production", "chat-2");
        server().tell(
                        "token",
                        "{\"subject\":\"%s\",\"type\":\"com.tokaify.ledger.token-renamed.v1\"}"
                                .formatted(ledger.token("chat-2").path("tokenId").asString()));
        assertThat(subject).hasText("chat-2");
    }

    @Test
    void settingsSayWhoseTheTokenIs() {
        PlayedLedger ledger = PlayedLedger.as("auditor").withTokens();
        String id = ledger.token("prototype").path("tokenId").asString();
        open(ledger, "#/tokens/" + id);
        Locator account = page().locator(".facts a");
        assertThat(account).hasText(PlayedLedger.OTHER_NAME);
        assertThat(account).hasAttribute("href", "#/accounts/" + PlayedLedger.OTHER_ACCOUNT);
    }

    /** A part of a name that only one account has is enough, also for who presses Enter at once. */
    @Test
    void accountIsTakenByWhatOnlyOneCanMean() {
        Page page = open(PlayedLedger.as("operator").withTokens(), "#/tokens");
        button("Create token").click();
        page.locator("#token-name").fill("theirs");
        Locator account = page.locator("#account");
        account.fill("nobody");
        account.press("Enter");
        assertThat(account)
                .hasAccessibleDescription(
                        java.util.regex.Pattern.compile("No account fits “nobody”"));
        account.fill("e");
        account.press("Enter");
        assertThat(account)
                .hasAccessibleDescription(
                        java.util.regex.Pattern.compile("Several accounts fit “e”"));
        account.fill("globex");
        account.press("Enter");
        assertThat(page.locator("[data-secret]")).isVisible();
        assertThat(
                        server().asked().stream()
                                .filter(asked -> asked.name().equals("POST /v1/tokens"))
                                .map(asked -> asked.json().path("accountId").asString()))
                .containsExactly(PlayedLedger.OTHER_ACCOUNT);
    }

    @Test
    void accountThatIsChosenIsSaidByName() {
        Page page = open(PlayedLedger.as("operator").withTokens(), "#/tokens");
        button("Create token").click();
        Locator account = page.locator("#account");
        account.fill("acme");
        account.press("Tab");
        assertThat(account).hasValue("Acme");
        assertThat(page.locator("#account-help")).hasText("Pays: Acme");
        account.fill(PlayedLedger.OTHER_ACCOUNT);
        assertThat(page.locator("#account-help")).hasText("Pays: " + PlayedLedger.OTHER_NAME);
        assertThat(account).hasValue(PlayedLedger.OTHER_NAME);
    }
}
