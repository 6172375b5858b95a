package com.tokaify.ledger.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.browser.Chromium;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a day of an operator and of a customer is, in a real browser before the real processes. */
@ExtendWith(SharedLedger.class)
@Timeout(600)
class ConsoleStoryIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String TOKEN = "harbour-bot";
    private static final String MODEL = "harbour/gpt-4o";
    private static final String CALL = ",\"model\":\"" + MODEL + "\",\"ip\":\"203.0.113.7\"";

    private final RunningLedger ledger;
    private final LedgerClient client;

    ConsoleStoryIT(RunningLedger ledger) {
        this.ledger = ledger;
        this.client = ledger.client();
    }

    @BeforeEach
    void thereIsABrowser() {
        assumeTrue(Chromium.find().isPresent(), "there is no Chromium: apt-get install chromium");
    }

    /**
     * Everything is done in the page, and what the page says is so: the key it copies opens, the
     * token it calls off is off, and the secret is where it was asked for and nowhere else.
     */
    @Test
    void operatorServesACustomerWhoSeesNobodyElse() throws Exception {
        String otherAccount = client.accountWith(1_000);
        String otherToken = client.createToken(otherAccount, "").text("tokenId");
        try (Visitor operator = Visitor.operator(ledger)) {
            String account = openAccountWithCredit(operator);
            defineCatalog(operator);
            String secret = createToken(operator, account);

            assertThat(operator.kept()).doesNotContain(secret);
            awaitCode("OK", secret);
            turnOff(operator);
            // No waiting: the page has said that it is in force.
            assertThat(client.verify(secret, CALL).text("code")).isEqualTo("TOKEN_DISABLED");
            findOutWhy(operator);

            String link = operator.invite(account);
            try (Visitor owner = Visitor.invited(ledger, link, "mei", "nine green bottles")) {
                seesOwnAccountOnly(owner);
                assertThat(owner.status("/api/query/v1/accounts/" + account)).isEqualTo(200);
                assertThat(owner.status("/api/query/v1/accounts/" + otherAccount)).isEqualTo(404);
                assertThat(owner.status("/api/query/v1/tokens/" + otherToken)).isEqualTo(404);
                assertThat(owner.status("/api/users")).isEqualTo(403);
                showAndHide(owner, secret);
                assertThat(owner.complaints()).isEmpty();
            }
            assertThat(operator.status(link.substring(link.indexOf("/invitation")))).isEqualTo(404);

            delete(operator);
            awaitCode("TOKEN_DELETED", secret);
            assertThat(operator.kept()).doesNotContain(secret);
            assertThat(operator.toldIn(secret)).containsExactly("POST /api/command/v1/tokens");
            signOut(operator);
            assertThat(operator.complaints()).isEmpty();
        }
    }

    private void awaitCode(String code, String secret) {
        Await.until(
                SOON,
                "verify says " + code,
                () -> client.verify(secret, CALL),
                answer -> answer.text("code").equals(code));
    }

    private static String openAccountWithCredit(Visitor operator) {
        Page page = operator.page();
        operator.go("/#/accounts");
        operator.press("Open account");
        operator.answer(Map.of("name", "Harbour Ltd"));
        assertThat(page.locator("h1")).hasText("Harbour Ltd");
        assertThat(page.locator(".message.warn")).containsText("Nothing is left.");
        page.locator(".page-head .primary").click();
        operator.answer(Map.of("amount", "20", "reference", "invoice 4711"));
        assertThat(page.locator(".notice")).containsText("Harbour Ltd is credited $20.00.");
        assertThat(page.locator(".tile").first()).containsText("$20.00");
        return page.url().substring(page.url().lastIndexOf('/') + 1);
    }

    private static void defineCatalog(Visitor operator) {
        Page page = operator.page();
        operator.go("/#/catalog");
        operator.press("Add group");
        operator.answer(Map.of("name", "harbour", "displayName", "Harbour"));
        assertThat(page.locator("main")).containsText("harbour");
        operator.press("List model");
        operator.answer(Map.of("model", MODEL));
        assertThat(page.locator("main")).containsText(MODEL);
    }

    private static String createToken(Visitor operator, String account) {
        Page page = operator.page();
        operator.go("/#/tokens");
        operator.press("Create token");
        page.locator("#account").fill(account);
        page.locator("#token-name").fill(TOKEN);
        page.locator("#token-group").selectOption("harbour");
        page.getByLabel("Limited", new Page.GetByLabelOptions().setExact(true)).check();
        page.locator("#quota-dollars").fill("10");
        page.getByLabel("Only these").check();
        page.locator(".picker label", new Page.LocatorOptions().setHasText(MODEL)).click();
        page.getByLabel("Only from").check();
        page.locator("#addresses").fill("203.0.113.0/24, 2001:db8::/32");
        operator.press("Create token");
        Locator shown = page.locator("[data-secret]");
        assertThat(shown).hasText(Pattern.compile("^sk-tkf[0-9A-Za-z]{45}$"));
        String secret = shown.textContent();

        operator.press("Copy token");
        assertThat(page.getByText("Token copied.")).isVisible();
        assertThat(operator.clipboard()).isEqualTo(secret);
        operator.press("Copy connection string");
        assertThat(page.getByText("Connection string copied.")).isVisible();
        assertThat(operator.clipboard())
                .isEqualTo(
                        "{\"_type\":\"newapi_channel_conn\",\"key\":\""
                                + secret
                                + "\",\"url\":\"https://api.tokaify.com\"}");
        operator.press("Done");
        assertThat(page.locator("dialog")).hasCount(0);
        return secret;
    }

    private static Locator row(Visitor visitor) {
        return visitor.page()
                .locator(".tokens-table tbody tr", new Page.LocatorOptions().setHasText(TOKEN));
    }

    private static void turnOff(Visitor operator) {
        operator.page().getByLabel("Search").fill(TOKEN);
        assertThat(operator.page().locator(".tokens-table tbody tr")).hasCount(1);
        Locator toggle = row(operator).getByRole(AriaRole.SWITCH);
        toggle.click();
        assertThat(toggle).hasAttribute("aria-checked", "false");
        assertThat(row(operator)).containsText("in force after");
        assertThat(row(operator).locator(".account")).hasText("Harbour Ltd");
    }

    private static void findOutWhy(Visitor operator) {
        Page page = operator.page();
        row(operator).locator("a.name").click();
        assertThat(page.locator("h1")).hasText(TOKEN);
        page.locator("#diagnosis-model").fill(MODEL);
        page.locator("#diagnosis-ip").fill("203.0.113.7");
        operator.press("Check");
        assertThat(page.locator("diagnosis-card .message.bad")).containsText("TOKEN_DISABLED");
        assertThat(page.locator("diagnosis-card .checks .failed")).hasCount(1);
        assertThat(page.locator("diagnosis-card .checks .failed"))
                .containsText("Its switch is off.");
        Locator happened = page.locator("history-card .timeline > li");
        assertThat(happened.first()).containsText("Disabled");
        assertThat(happened.last()).containsText("Created as “" + TOKEN + "”");
        assertThat(happened.first().locator("actor-name")).hasText("You");
    }

    private static void seesOwnAccountOnly(Visitor owner) {
        Page page = owner.page();
        assertThat(owner.places()).containsExactly("Tokens", "Account", "Audit", "Catalog");
        assertThat(page.locator(".tokens-table tbody tr")).hasCount(1);
        assertThat(row(owner)).isVisible();
        page.locator(".side nav a").getByText("Account").click();
        assertThat(page.locator("h1")).hasText("Harbour Ltd");
        readsWhatOperatorsDidByNames(page);
        page.locator(".side nav a").getByText("Tokens").click();
    }

    private static void readsWhatOperatorsDidByNames(Page page) {
        page.locator(".side nav a").getByText("Audit").click();
        Locator turnedOff =
                page.locator(
                        ".feed-table tbody tr", new Page.LocatorOptions().setHasText("Disabled"));
        assertThat(turnedOff.locator("td:nth-child(3) a")).hasText(TOKEN);
        assertThat(turnedOff.locator("actor-name")).hasText("Operator");
    }

    /** A secret is in the page for as long as somebody looks at it. */
    private static void showAndHide(Visitor owner, String secret) {
        assertThat(owner.kept()).doesNotContain(secret);
        assertThat(owner.toldIn(secret)).isEmpty();
        owner.press("Show the key of " + TOKEN);
        assertThat(row(owner)).containsText(secret);
        owner.press("Hide the key of " + TOKEN);
        assertThat(row(owner)).not().containsText(secret);
        assertThat(owner.kept()).doesNotContain(secret);
        assertThat(owner.toldIn(secret))
                .singleElement()
                .asString()
                .matches("POST /api/command/v1/tokens/tok_\\w+/reveal");
    }

    private static void delete(Visitor operator) {
        Page page = operator.page();
        operator.go("/#/tokens?search=" + TOKEN);
        operator.press("More for " + TOKEN);
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Delete…")).click();
        Locator forGood =
                page.getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete for good"));
        assertThat(forGood).isDisabled();
        page.locator("#delete-name").fill(TOKEN);
        forGood.click();
        assertThat(page.getByText(TOKEN + " is deleted.")).isVisible();
        assertThat(row(operator)).hasCount(0);
    }

    private static void signOut(Visitor operator) {
        operator.stopKeeping();
        operator.press("Sign out");
        assertThat(operator.page()).hasURL(Pattern.compile("/sign-in$"));
        assertThat(operator.status("/api/me")).isEqualTo(401);
        operator.go("/");
        assertThat(operator.page()).hasURL(Pattern.compile("/sign-in$"));
    }
}
