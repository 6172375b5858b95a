package com.tokaify.ledger.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.tokaify.ledger.testkit.browser.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Somebody who sits before the console of a running ledger, in a browser of their own. What the
 * page complains of is kept, and so is every answer it got since the sign-in. For one thread.
 */
final class Visitor implements AutoCloseable {
    private static final double PATIENCE_MS = 60_000;

    /** Everything a page can keep: what it shows, what was typed, what it has put away. */
    private static final String EVERYTHING_KEPT =
            """
            () => document.documentElement.outerHTML + location.href + document.cookie + JSON.stringify(history.state)
              + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)
              + [...document.querySelectorAll('input, textarea')].map(field => field.value).join()
            """;

    private final String console;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Consumer<Request> keeper = this::keep;

    /** What a service or the console has told the page. */
    private record Answer(String name, String body) {}

    Visitor(RunningLedger ledger) {
        this.console = "http://127.0.0.1:" + ledger.ports().get(LedgerPort.CONSOLE);
        this.context =
                Chromium.shared()
                        .newContext(
                                new NewContextOptions()
                                        .setLocale("en-GB")
                                        .setViewportSize(1280, 860));
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        this.page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        page.onConsoleMessage(this::hear);
        page.onPageError(complaints::add);
    }

    /** The first operator, whose password the first start has made. */
    static Visitor operator(RunningLedger ledger) throws IOException {
        Visitor operator = new Visitor(ledger);
        operator.go("/");
        operator.signIn(
                "operator",
                Files.readString(ledger.data().resolve("credentials/first-operator-password")));
        return operator;
    }

    /** Somebody who comes by a link and chooses their name and password. */
    static Visitor invited(RunningLedger ledger, String link, String name, String password) {
        Visitor visitor = new Visitor(ledger);
        visitor.page.navigate(link);
        visitor.page.locator("#name").fill(name);
        visitor.page.locator("#password").fill(password);
        visitor.page.locator("form button").click();
        assertThat(visitor.page.locator("[role=status]")).containsText("Done.");
        visitor.signIn(name, password);
        return visitor;
    }

    /** That nobody is signed in is told by a 401, once for each way to the sign-in page. */
    private void hear(ConsoleMessage message) {
        boolean askedWho =
                message.text().contains("status of 401")
                        && message.location().contains(console + "/api/me");
        if (message.type().equals("error") && !askedWho) {
            complaints.add(message.text() + " at " + message.location());
        }
    }

    private void keep(Request request) {
        String path = request.url().substring(Math.min(console.length(), request.url().length()));
        if (path.startsWith("/api/") && !path.startsWith("/api/query/v1/live")) {
            answers.add(new Answer(request.method() + " " + path, request.response().text()));
        }
    }

    private void signIn(String name, String password) {
        page.waitForURL(Pattern.compile("/sign-in(\\?.*)?$"));
        page.locator("#name").fill(name);
        page.locator("#password").fill(password);
        page.onRequestFinished(keeper);
        page.locator("form button").click();
        assertThat(page.locator(".side .me strong")).hasText(name);
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Goes to a place of the console, such as {@code /#/tokens}. */
    void go(String place) {
        page.navigate(console + place);
    }

    /** The status of what the browser would get, without the page knowing of it. */
    int status(String path) {
        return context.request().get(console + path).status();
    }

    /** Presses what is called so, in the dialog where one is open. */
    void press(String name) {
        Locator buttons =
                page.getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
        Locator inDialog =
                page.locator("dialog[open]")
                        .getByRole(
                                AriaRole.BUTTON,
                                new Locator.GetByRoleOptions().setName(name).setExact(true));
        (page.locator("dialog[open]").count() == 0 ? buttons : inDialog).first().click();
    }

    /** Fills in the small form that is open, by the names of its fields, and sends it. */
    void answer(Map<String, String> fields) {
        fields.forEach((name, value) -> page.locator("#ask-" + name).fill(value));
        page.locator("dialog[open] .primary").click();
    }

    /** Invites the owner of an account. */
    String invite(String account) {
        go("/#/users");
        press("Invite");
        page.locator("#account").fill(account);
        answer(Map.of());
        String link = page.locator("[data-secret]").textContent();
        press("Done");
        return link;
    }

    /** The way to each place, as this person sees them. */
    List<String> places() {
        return page.locator(".side nav a").allTextContents().stream().map(String::strip).toList();
    }

    String clipboard() {
        return (String) page.evaluate("navigator.clipboard.readText()");
    }

    /** All a thief would find who sat down here now. */
    String kept() {
        return (String) page.evaluate(EVERYTHING_KEPT);
    }

    /** Keeps no answer from now on: with the document that has asked they are gone. */
    void stopKeeping() {
        page.offRequestFinished(keeper);
    }

    /** The answers in which a text was, by what was asked. */
    List<String> toldIn(String text) {
        return answers.stream()
                .filter(answer -> answer.body().contains(text))
                .map(Answer::name)
                .toList();
    }

    /** What the browser has found wrong with the page. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        context.close();
    }
}
