package com.tokaify.ledger.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Keyboard.TypeOptions;
import com.microsoft.playwright.Page;
import com.tokaify.ledger.testkit.browser.Chromium;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the page feels, measured in a real browser before the real processes: the owner of an account
 * with ten thousand tokens opens it, turns pages, scrolls and searches. No test: on a machine with
 * other work its figures are those of the other work. docs/performance.md has the command; not
 * asked for, it does nothing.
 */
class ConsoleMeasurementIT {
    private static final String FILE = System.getProperty("ledger.measure.console", "");
    private static final int TOKENS =
            Integer.parseInt(System.getProperty("ledger.measure.tokens", "10000"));
    private static final int AT_A_TIME = 250;
    private static final int WARM_LOADS = 5;
    private static final int LOADS = 20;
    private static final int PAGES = 20;
    private static final int ON_A_PAGE = 50;
    private static final int SWEEPS = 3;
    private static final int WHEEL_STEPS = 40;
    private static final int WHEEL_PIXELS = 90;
    private static final double KEY_MS = 120;

    private static final String ROW =
            """
            {"id":%1$d,"user_id":1,"key":"measured%1$040d","status":1,"name":"app-%1$05d","created_time":1,
             "expired_time":-1,"remain_quota":5000000,"unlimited_quota":false,"used_quota":0,
             "model_limits_enabled":true,"model_limits":"gpt-4o,o3","allow_ips":"203.0.113.0/24","group":"default"}\
            """;

    /** A document of the same server that has nothing to it but the place to show something in. */
    private static final String FLOOR = "/theme.js";

    private static final String PLACE = "/#/tokens";
    private static final String USABLE = "() => pageWatch.usableAt > 0";
    private static final String TURN =
            """
            () => pageWatch.timed(() => document.querySelector('.pager .buttons button:last-child').click(),
              () => document.querySelector('.pager span').textContent)
            """;

    @TempDir private Path folder;

    private final StringBuilder report = new StringBuilder();

    @Test
    void owner() throws Exception {
        assumeTrue(!FILE.isEmpty(), "nobody asked for figures");
        assumeTrue(Chromium.find().isPresent(), "there is no Chromium: apt-get install chromium");
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        say(
                String.format(
                        Locale.ROOT,
                        "Chromium %s on %d cores shared by everything; load average before: %.1f."
                                + " One account with %,d tokens, its owner signed in.",
                        Chromium.shared().version(),
                        Runtime.getRuntime().availableProcessors(),
                        load,
                        TOKENS));
        try (RunningLedger ledger = new RunningLedger(folder.resolve("data"))) {
            String account = ledger.client().accountWith(1_000_000_000);
            fill(ledger.client(), account);
            try (Visitor operator = Visitor.operator(ledger)) {
                String link = operator.invite(account);
                try (Visitor owner = Visitor.invited(ledger, link, "mei", "nine green bottles")) {
                    measure(owner);
                }
            }
        }
        Files.writeString(Path.of(FILE), report);
    }

    /** As another gateway's tokens are taken over: many at a time. */
    private static void fill(LedgerClient client, String account) throws Exception {
        String path = "/v1/tokens/import?accountId=" + account;
        for (int first = 0; first < TOKENS; first += AT_A_TIME) {
            int count = Math.min(AT_A_TIME, TOKENS - first);
            String rows =
                    IntStream.range(first, first + count)
                            .mapToObj(ROW::formatted)
                            .collect(Collectors.joining(",", "[", "]"));
            LedgerClient.Answer answer = client.post(LedgerPort.COMMAND, path, rows);
            assertThat(answer.number("imported")).isEqualTo(count);
        }
    }

    private void measure(Visitor owner) throws Exception {
        owner.stopKeeping();
        Page page = owner.page();
        page.addInitScript(resource("/page-watch.js"));
        for (int i = 0; i < WARM_LOADS; i++) {
            load(owner, PLACE);
        }
        assertThat(page.locator(".pager")).containsText("1 to 50 of");
        Object floor = page.evaluate("() => pageWatch.floor()");
        page.addInitScript("window.pageFloor = " + JsonMapper.shared().writeValueAsString(floor));
        load(owner, FLOOR);
        List<Double> pages = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        for (int i = 0; i < LOADS; i++) {
            pages.add(load(owner, PLACE));
            floors.add(load(owner, FLOOR));
        }
        say("\n| until … | p50 ms | p95 ms | longest |\n|---|---:|---:|---:|");
        times("the first token is painted, the first button can be clicked", pages);
        times("floor: the same %d files at once, the same picture".formatted(files(floor)), floors);

        load(owner, PLACE);
        List<Double> turns = new ArrayList<>();
        begin(page);
        for (int i = 0; i < Math.min(PAGES, (TOKENS - 1) / ON_A_PAGE); i++) {
            turns.add(((Number) page.evaluate(TURN)).doubleValue());
        }
        Map<?, ?> turning = felt(page);
        times("the next page is painted, from the click", turns);
        say(
                "\n| while … | frames | dropped | longest gap ms | tasks over 50 ms | longest ms |"
                        + "\n|---|---:|---:|---:|---:|---:|");
        frames("turning pages", turning);
        begin(page);
        scroll(page);
        frames("scrolling up and down", felt(page));
        begin(page);
        search(page);
        frames("searching, letter by letter, and back", felt(page));
    }

    /** Milliseconds from the start of the navigation. */
    private static double load(Visitor visitor, String place) {
        // From another document: a place within the page would be no navigation.
        visitor.page().navigate("about:blank");
        visitor.go(place);
        visitor.page().waitForFunction(USABLE);
        return ((Number) visitor.page().evaluate("() => pageWatch.usableAt")).doubleValue();
    }

    private static void begin(Page page) {
        page.evaluate("() => pageWatch.begin()");
    }

    private static Map<?, ?> felt(Page page) {
        return (Map<?, ?>) page.evaluate("() => pageWatch.felt()");
    }

    private static void scroll(Page page) {
        page.mouse().move(640, 500);
        for (int sweep = 0; sweep < 2 * SWEEPS; sweep++) {
            for (int step = 0; step < WHEEL_STEPS; step++) {
                page.mouse().wheel(0, sweep % 2 == 0 ? WHEEL_PIXELS : -WHEEL_PIXELS);
            }
        }
        page.waitForFunction("() => scrollY === 0");
    }

    private static void search(Page page) {
        page.locator("#search").click();
        page.keyboard().type("nothing-has-this-name", new TypeOptions().setDelay(KEY_MS));
        assertThat(page.locator(".empty")).isVisible();
        page.locator("#search").press("Control+A");
        page.keyboard().press("Delete");
        assertThat(page.locator(".pager")).containsText("1 to 50 of");
    }

    private static int files(Object floor) {
        Map<?, ?> parts = (Map<?, ?>) floor;
        return ((List<?>) Objects.requireNonNull(parts.get("files"))).size()
                + ((List<?>) Objects.requireNonNull(parts.get("styles"))).size();
    }

    private void times(String what, List<Double> ms) {
        List<Double> sorted = ms.stream().sorted().toList();
        say(
                String.format(
                        Locale.ROOT,
                        "| %s | %.0f | %.0f | %.0f |",
                        what,
                        sorted.get(sorted.size() / 2),
                        sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1),
                        sorted.getLast()));
    }

    private void frames(String what, Map<?, ?> felt) {
        say(
                String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %.0f | %s | %.0f |",
                        what,
                        felt.get("frames"),
                        felt.get("dropped"),
                        number(felt, "longestGapMs"),
                        felt.get("longTasks"),
                        number(felt, "longestTaskMs")));
    }

    private static double number(Map<?, ?> felt, String name) {
        return ((Number) Objects.requireNonNull(felt.get(name))).doubleValue();
    }

    private void say(String text) {
        report.append(text).append('\n');
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = ConsoleMeasurementIT.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
