package com.tokaify.ledger.console.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokensPageIT extends Scene {

    /** Whoever cannot use a mouse gets a token too, and the key that is copied is the whole one. */
    @Test
    void tokenIsCreatedByKeyboardAlone() {
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens");
        button("Create token").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#token-name")).isFocused();
        page.keyboard().type("contractor");
        tabTo("input[name='quota-kind']");
        page.keyboard().press("ArrowRight");
        tabTo("#quota-dollars");
        page.keyboard().press("Control+A");
        page.keyboard().type("12.50");
        tabTo("input[name='addresses-kind']");
        page.keyboard().press("ArrowRight");
        tabTo("#addresses");
        page.keyboard().type("203.0.113.7, 2001:db8::/32");
        page.keyboard().press("Enter");
        page.keyboard().type("10.0.0.0/8");
        tabTo("token-drawer .dialog-foot .primary");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-secret]")).containsText(PlayedLedger.SECRET_START);
        assertThat(button("Copy token").and(page.locator("dialog *"))).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByText("Token copied.")).isVisible();
        assertThat(page.evaluate("navigator.clipboard.readText()"))
                .isEqualTo(page.locator("[data-secret]").textContent());
        Asked created =
                server().asked().stream()
                        .filter(asked -> asked.name().equals("POST /v1/tokens"))
                        .findFirst()
                        .orElseThrow();
        assertThat(created.json().path("quotaLimit").asLong()).isEqualTo(6_250_000);
        assertThat(created.json().path("ipAllowlist").valueStream().map(Object::toString))
                .containsExactly("\"203.0.113.7\"", "\"2001:db8::/32\"", "\"10.0.0.0/8\"");
        assertThat(created.headers()).containsKey("Idempotency-Key");
    }

    /** Presses Tab until what is wanted has the focus, as people do. */
    private void tabTo(String selector) {
        for (int i = 0; i < 60; i++) {
            page().keyboard().press("Tab");
            if ((Boolean) page().evaluate("s => document.activeElement.matches(s)", selector)) {
                return;
            }
        }
        throw new AssertionError("Tab does not lead to " + selector);
    }

    /** A refusal is read where it can be mended. */
    @Test
    void whatLedgerRefusesStandsBesideItsField() {
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens();
        Page page = open(ledger, "#/tokens");
        button("Create token").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("x");
        ledger.refuseNext(Answer.badField("name", "must have 1 to 100 characters"));
        page.locator("token-drawer .primary").last().click();
        Locator name = page.locator("#token-name");
        assertThat(name).hasAttribute("aria-invalid", "true");
        assertThat(name)
                .hasAccessibleDescription(
                        java.util.regex.Pattern.compile("Use 1 to 100 characters\\."));
        assertThat(name).isFocused();
    }

    /** What only the ledger can find is said in Chinese as well: of a field, and of the whole. */
    @Test
    void whatLedgerRefusesIsInTheReadersLanguage() {
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens();
        Page page = open(ledger, "#/tokens", new NewContextOptions().setLocale("zh-CN"));
        page.locator(".page-head .primary").click();
        page.locator("#token-name").fill("x");
        ledger.refuseNext(Answer.badField("name", "must have 1 to 100 characters"));
        page.locator("token-drawer .primary").last().click();
        assertThat(page.locator("#token-name-error")).hasText("请输入 1 到 100 个字符。");
        ledger.refuseNext(
                Answer.problem(503, "LEDGER_UNAVAILABLE", "The event store does not answer."));
        page.locator("token-drawer .primary").last().click();
        assertThat(page.locator("token-drawer [role=alert]")).hasText("账本暂时无法写入，请稍后再试。");
    }

    /** Of a hundred pasted addresses the wrong one is named, before anything is sent. */
    @Test
    void addressThatIsNoneIsNamedWhileTyping() {
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens");
        button("Create token").click();
        page.locator("#token-name").fill("x");
        page.getByLabel("Only from").check();
        page.locator("#addresses").fill("203.0.113.7;10.0.0.0/8\n300.1.1.1 2001:db8::1");
        assertThat(page.locator("#addresses-said")).containsText("“300.1.1.1”");
        page.locator("token-drawer .primary").last().click();
        assertThat(page.locator("#addresses")).isFocused();
        assertThat(commands()).isEmpty();
    }

    /** Whoever turns off a leaked token learns when it is off at the gateways. */
    @Test
    void switchActsAtOnceAndTellsWhenItIsInForce() {
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens");
        Locator toggle =
                page.getByRole(
                        AriaRole.SWITCH,
                        new Page.GetByRoleOptions().setName("chat-production may be used"));
        toggle.click();
        assertThat(toggle).hasAttribute("aria-checked", "false");
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("chat-production")))
                .containsText("in force after");
        assertThat(commands()).hasSize(1).first().asString().endsWith("/disable");
    }

    /** In force is what every instance answers by: which one a gateway asks, nobody knows. */
    @Test
    void switchWaitsForTheLastInstance() {
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens().withInstances(2);
        Page page = open(ledger, "#/tokens");
        ledger.fallBehind(2);
        page.getByRole(
                        AriaRole.SWITCH,
                        new Page.GetByRoleOptions().setName("chat-production may be used"))
                .click();
        Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("chat-production"));
        page.waitForCondition(() -> diagnosed(1) == 1 && diagnosed(2) >= 3);
        assertThat(row).containsText("applying…");
        ledger.catchUp(2);
        assertThat(row).containsText("in force at all 2 instances after");
    }

    /** Who does not confirm it in time may still let the token through, and that is said. */
    @Test
    void switchSaysWhereItIsNotInForce() {
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens().withInstances(3);
        Page page = open(ledger, "#/tokens");
        ledger.fallBehind(3);
        page.getByRole(
                        AriaRole.SWITCH,
                        new Page.GetByRoleOptions().setName("chat-production may be used"))
                .click();
        page.waitForCondition(() -> diagnosed(1) == 1 && diagnosed(2) == 1 && diagnosed(3) >= 2);
        page.evaluate(
                "() => { const now = performance.now.bind(performance); performance.now = () => now() + 60_000 }");
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("chat-production")))
                .containsText("in force at 2 of 3 instances");
    }

    private long diagnosed(int instance) {
        return server().asked().stream()
                .filter(asked ->
                        asked.path().equals("/v1/diagnose") && asked.instance() == instance)
                .count();
    }

    /** Final things are not done by a slip of the hand. */
    @Test
    void deletionAsksForTheName() {
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens");
        button("More for chat-production").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Delete…")).click();
        assertThat(page.locator("dialog[open]")).containsText("still relies on it");
        assertThat(button("Delete for good")).isDisabled();
        page.locator("#delete-name").fill("chat-production");
        button("Delete for good").click();
        assertThat(page.getByText("chat-production is deleted.")).isVisible();
        assertThat(page.locator("a.name", new Page.LocatorOptions().setHasText("chat-production")))
                .hasCount(0);
    }

    @Test
    void manyAreDisabledByOneCommandAfterAQuestion() {
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens");
        page.getByLabel("Choose all on this page").check();
        button("Disable").click();
        page.locator("dialog[open] .primary").click();
        assertThat(page.locator(".notice")).containsText("6 tokens disabled.");
        assertThat(commands()).containsExactly("POST /v1/tokens/bulk");
        assertThat(page.locator(".chip.disabled")).hasCount(6);
    }

    /** However many there are, the page holds a few. */
    @Test
    void tenThousandTokensAreFiftyRowsAtATime() {
        Page page = open(PlayedLedger.as("owner").withManyTokens(10_000), "#/tokens");
        Locator rows = page.locator(".tokens-table tbody tr");
        assertThat(rows).hasCount(50);
        assertThat(page.locator(".pager")).containsText("1 to 50 of 10,000");
        button("Next").click();
        assertThat(page.locator(".pager")).containsText("51 to 100");
        assertThat(rows).hasCount(50);
        button("Back").click();
        assertThat(rows.first()).containsText("token-09999");
    }

    /** What others do is seen without loading anew. */
    @Test
    void listFollowsTheLedger() throws IOException {
        PlayedLedger ledger = PlayedLedger.as("owner").withTokens();
        Page page = open(ledger, "#/tokens");
        Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("chat-production"));
        assertThat(row).containsText("$84.00");
        assertThat(page.locator(".stream")).hasText("Live");
        ledger.use("chat-production", 500_000);
        server().tell(
                        "token",
                        "{\"subject\":\""
                                + ledger.token("chat-production").path("tokenId").asString()
                                + "\"}");
        assertThat(row).containsText("$85.00");
    }

    /** A list that was narrowed down can be kept as an address. */
    @Test
    void filtersStandInTheAddress() {
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens");
        page.getByLabel("Search").fill("bot");
        assertThat(page.locator(".tokens-table tbody tr")).hasCount(1);
        assertThat(page).hasURL(java.util.regex.Pattern.compile("search=bot"));
        page.reload();
        assertThat(page.locator(".tokens-table tbody tr")).hasCount(1);
        assertThat(page.getByLabel("Search")).hasValue("bot");
    }

    @Test
    void emptyListTeaches() {
        Page page = open(PlayedLedger.as("owner"), "#/tokens");
        assertThat(page.locator(".empty")).containsText("Give each application its own");
    }

    /** Somebody else's change is not overwritten, and only what was changed is sent. */
    @Test
    void changeSendsWhatWasChangedOnConditionOfWhatWasSeen() {
        Page page = open(PlayedLedger.as("owner").withTokens(), "#/tokens");
        button("More for support-bot").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Edit")).click();
        page.locator("#token-name").fill("support-bot-2");
        button("Save").click();
        assertThat(page.locator(".notice")).containsText("support-bot-2 is saved.");
        Asked patch =
                server().asked().stream()
                        .filter(asked -> asked.method().equals("PATCH"))
                        .findFirst()
                        .orElseThrow();
        assertThat(patch.json().toString()).isEqualTo("{\"name\":\"support-bot-2\"}");
        assertThat(patch.headers().get("If-Match")).isEqualTo("\"7\"");
        assertThat(List.copyOf(patch.headers().keySet())).contains("X-xsrf-token");
    }
}
