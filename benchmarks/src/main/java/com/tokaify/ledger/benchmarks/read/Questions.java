package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.benchmarks.HttpConnection;
import com.tokaify.ledger.events.codec.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** What people and auditors ask of a year's ledger, each about tokens drawn by Zipf's law. */
final class Questions {
    private static final String SOME = "\"items\":[{";
    private static final String ANY = "\"items\":[";
    private static final int PAGE = 200;
    private static final int PAGES = 5;
    private static final int NAME_PART = 8;
    private static final int EXPIRING_DAYS = 7;
    private static final int STATEMENT_DAYS = 31;
    private static final int DAYS = 365;

    private final LedgerYear year;
    private final ViewRows rows;
    private final List<Question> questions = new ArrayList<>();

    private Questions(LedgerYear year, ViewRows rows) {
        this.year = year;
        this.rows = rows;
    }

    /**
     * @param port of query-service, which is asked for a place amid a list
     */
    static List<Question> of(LedgerYear year, ViewRows rows, int port) throws IOException {
        Questions all = new Questions(year, rows);
        all.lists(port);
        all.filters();
        all.single();
        all.past();
        all.audit();
        return all.questions;
    }

    /** The floor's. */
    static Question byKey(LedgerYear year) {
        return new Question(
                "floor: SELECT by key",
                "\"tokenId\":",
                random -> "/v1/tokens/" + year.token(year.draw(random)));
    }

    private void lists(int port) throws IOException {
        add("list, newest first", SOME, "/v1/tokens");
        add("list, by name", SOME, "/v1/tokens?sort=name");
        add("list, by name, a thousand on", SOME, further("/v1/tokens?sort=name", port));
        add("list, by last use", SOME, "/v1/tokens?sort=lastUsedAt");
        add("list, by consumption", SOME, "/v1/tokens?sort=totalConsumed");
        add("list, by expiry", SOME, "/v1/tokens?sort=expiresAt");
        add(
                "list of an account, by last use",
                SOME,
                random -> "/v1/tokens?sort=lastUsedAt&accountId=" + account(random));
    }

    private void filters() {
        add("search, part of a name", SOME, random -> "/v1/tokens?search=" + partOfName(random));
        add("search, a word in many names", SOME, "/v1/tokens?search=nightly-st");
        add("search, mask", SOME, random -> "/v1/tokens?search=" + token(random).mask());
        add(
                "filter, group",
                SOME,
                random -> "/v1/tokens?group=group-" + random.nextInt(LedgerYear.GROUPS));
        add("filter, model", SOME, "/v1/tokens?model=claude-sonnet-4-5");
        add("filter, enabled", SOME, "/v1/tokens?status=enabled");
        add("filter, disabled", SOME, "/v1/tokens?status=disabled");
        add("filter, exhausted", ANY, "/v1/tokens?status=exhausted");
        add(
                "filter, expires within a week",
                ANY,
                "/v1/tokens?expiringBefore=" + Instant.now().plus(Duration.ofDays(EXPIRING_DAYS)));
        add("filter, 90 % of its quota", ANY, "/v1/tokens?nearQuota=90");
        add("filter, 1 % of its quota", ANY, "/v1/tokens?nearQuota=1");
    }

    private void single() {
        add("token", "\"tokenId\":", random -> "/v1/tokens/" + id(random));
        add(
                "usage of a token, a month by day",
                ANY,
                random -> "/v1/tokens/" + id(random) + "/usage?bucket=day&" + month(random));
        add(
                "statement of an account, a month",
                "\"accountId\":",
                random -> "/v1/accounts/" + account(random) + "/statement?" + month(random));
    }

    private void past() {
        add("history of a token", SOME, random -> "/v1/tokens/" + id(random) + "/history");
        add(
                "token as of an instant",
                "\"tokenId\":",
                random -> "/v1/tokens/" + id(random) + "?asOf=" + instant(random));
        add(
                "account as of an instant",
                "\"accountId\":",
                random -> "/v1/accounts/" + account(random) + "?asOf=" + instant(random));
    }

    private void audit() {
        add("feed", SOME, "/v1/audit/events");
        add("feed, settings only", SOME, "/v1/audit/events?class=settings");
        add("feed of an account", SOME, random -> "/v1/audit/events?accountId=" + account(random));
        add("feed of a token", SOME, random -> "/v1/audit/events?tokenId=" + id(random));
        add("feed by a gateway", SOME, "/v1/audit/events?actor=gateway:edge-1");
        add(
                "feed by a rare actor",
                SOME,
                random ->
                        "/v1/audit/events?actor="
                                + LedgerYear.owner(random.nextInt(year.accounts() - 1)));
    }

    private void add(String name, String answer, String path) {
        add(name, answer, _ -> path);
    }

    private void add(String name, String answer, Function<RandomGenerator, String> path) {
        questions.add(new Question(name, answer, path));
    }

    /** The page behind several others. */
    private static String further(String path, int port) throws IOException {
        String next = path + "&limit=" + PAGE;
        try (HttpConnection connection = new HttpConnection(port)) {
            for (int page = 0; page < PAGES; page++) {
                String cursor =
                        StrictJson.MAPPER
                                .readTree(connection.get(next).body())
                                .required("nextCursor")
                                .asString();
                next = path + "&limit=" + PAGE + "&cursor=" + cursor;
            }
        }
        return next.replace("&limit=" + PAGE, "");
    }

    private String id(RandomGenerator random) {
        return year.token(year.draw(random)).toString();
    }

    private TokenRow token(RandomGenerator random) {
        return rows.token(year.draw(random));
    }

    /** Of an account that has tokens, more often the more those are used. */
    private String account(RandomGenerator random) {
        return token(random).accountId().toString();
    }

    /** Its end, which has the number that tells it from others. */
    private String partOfName(RandomGenerator random) {
        String name = token(random).name();
        return name.substring(Math.max(0, name.length() - NAME_PART));
    }

    /** When all tokens were there. */
    private Instant instant(RandomGenerator random) {
        long seconds = Duration.between(year.beginning(), year.end()).toSeconds();
        return year.beginning().plusSeconds(random.nextLong(seconds / 2, seconds));
    }

    private String month(RandomGenerator random) {
        Instant from =
                year.beginning().plus(Duration.ofDays(random.nextInt(DAYS - STATEMENT_DAYS)));
        return "from=" + from + "&to=" + from.plus(Duration.ofDays(STATEMENT_DAYS));
    }
}
