package com.tokaify.ledger.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is read beside the list of tokens: made up, and the same every time. */
final class PlayedReads {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long DOLLAR = 500_000;
    private static final String[] MODELS = {
        "gpt-4o", "gpt-4o-mini", "claude-sonnet-4", "deepseek-ai/DeepSeek-V3.1"
    };

    static final String ROOT_HASH = "zvRHg2rCRCKwSLtHulz4aJ8GSc5ndIiY5X3a7tPab3U=";
    static final String SEAL_KEY =
            "tokaify.ledger+1ca490af+AVC5o3DvJWXBgpIrPc1PiFaGfqHdZ4q4Q2KAO+c56GUD";
    private static final String CHECKPOINT =
            "tokaify.ledger\n1204551\n" + ROOT_HASH + "\n\n— tokaify.ledger HKSQr/qj\n";

    private PlayedReads() {}

    static Answer ofToken(Asked asked, String what, ObjectNode token) {
        return switch (what) {
            case "history" -> history(token);
            case "usage" -> usage(asked);
            case "decision" -> decision(token, asked);
            default -> Answer.problem(404, "NOT_FOUND", "There is no " + asked.name());
        };
    }

    static Answer account(Asked asked, String[] steps) {
        if (steps.length == 3) {
            String search = Objects.requireNonNullElse(asked.parameter("search"), "");
            ObjectNode page = JSON.objectNode();
            ArrayNode items = page.putArray("items");
            for (ObjectNode account :
                    List.of(
                            accountView("Acme", "active", 412),
                            accountView(PlayedLedger.OTHER_NAME, "suspended", 0))) {
                if (account.path("name").asString().toLowerCase(Locale.ROOT).contains(search)
                        || account.path("accountId").asString().equals(search)) {
                    items.add(account);
                }
            }
            return Answer.of(
                    page.put("total", items.size())
                            .put("totalAtLeast", items.size())
                            .putNull("nextCursor"));
        }
        if (steps.length == 4) {
            return Answer.of(accountView("Acme", "active", 412));
        }
        return steps[4].equals("usage") ? usage(asked) : statement(asked);
    }

    static Answer other(Asked asked, ObjectNode token) {
        return switch (asked.path()) {
            case "/v1/groups" -> {
                ArrayNode groups = JSON.arrayNode();
                groups.addObject()
                        .put("name", "default")
                        .put("displayName", "Standard")
                        .put("retired", false);
                groups.addObject()
                        .put("name", "vip")
                        .put("displayName", "Priority")
                        .put("retired", false);
                groups.addObject()
                        .put("name", "beta")
                        .put("displayName", "Beta 2025")
                        .put("retired", true);
                yield Answer.of(JSON.objectNode().set("items", groups));
            }
            case "/v1/models" -> {
                ArrayNode models = JSON.arrayNode();
                for (String model : MODELS) {
                    models.addObject().put("model", model).put("retired", false);
                }
                models.addObject().put("model", "gpt-3.5-turbo").put("retired", true);
                ObjectNode body = JSON.objectNode().put("closed", false);
                body.set("items", models);
                yield Answer.of(body);
            }
            case "/v1/audit/events" -> audit(token);
            case "/v1/projections" -> projections();
            case "/v1/seals/checkpoint" -> Answer.text(CHECKPOINT);
            case "/v1/seals/key" -> Answer.text(SEAL_KEY + "\n");
            default -> Answer.problem(404, "NOT_FOUND", "There is no " + asked.name());
        };
    }

    private static ObjectNode accountView(String name, String status, long dollars) {
        String id = name.equals("Acme") ? PlayedLedger.ACCOUNT : PlayedLedger.OTHER_ACCOUNT;
        return JSON.objectNode()
                .put("accountId", id)
                .put("name", name)
                .put("status", status)
                .put("balance", dollars * DOLLAR)
                .put("credited", 500 * DOLLAR)
                .put("adjusted", 0)
                .put("consumed", (500 - dollars) * DOLLAR)
                .put("openedAt", "2026-03-01T08:00:00Z");
    }

    private static Answer statement(Asked asked) {
        ObjectNode sheet =
                JSON.objectNode()
                        .put("accountId", PlayedLedger.ACCOUNT)
                        .put("from", asked.parameter("from"))
                        .put("to", asked.parameter("to"))
                        .put("timeZone", asked.parameter("timeZone"));
        sheet.put("openingBalance", 100 * DOLLAR)
                .put("credited", 500 * DOLLAR)
                .put("adjusted", 0)
                .put("consumed", 188 * DOLLAR)
                .put("refunded", 0)
                .put("closingBalance", 412 * DOLLAR);
        ArrayNode items = sheet.putArray("items");
        items.addObject()
                .put("at", "2026-11-02T09:12:00Z")
                .put("kind", "credit")
                .put("amount", 500 * DOLLAR)
                .put("balance", 600 * DOLLAR)
                .put("reference", "invoice 4711")
                .putNull("reason");
        ZoneId zone = ZoneId.of(asked.parameter("timeZone"));
        for (int day = 3; day < 13; day++) {
            items.addObject()
                    .put(
                            "at",
                            LocalDate.of(2026, 11, day).atStartOfDay(zone).toInstant().toString())
                    .put("kind", "consumption")
                    .put("amount", -18_800_000L / 2)
                    .put("balance", (600 - 188L * (day - 2) / 10) * DOLLAR)
                    .putNull("reference")
                    .putNull("reason");
        }
        return Answer.of(sheet.putNull("nextCursor"));
    }

    private static Answer usage(Asked asked) {
        boolean hours = "hour".equals(asked.parameter("bucket"));
        ChronoUnit unit = hours ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        int buckets = hours ? 24 : 30;
        Instant end = Instant.now().truncatedTo(unit).plus(1, unit);
        ObjectNode usage =
                JSON.objectNode()
                        .put("bucket", hours ? "hour" : "day")
                        .put("timeZone", asked.parameter("timeZone"))
                        .put("from", end.minus(buckets, unit).toString())
                        .put("to", end.toString());
        ArrayNode items = JSON.arrayNode();
        long sum = 0;
        for (int i = 0; i < buckets; i++) {
            ObjectNode bucket =
                    items.addObject()
                            .put("startsAt", end.minus(buckets - i, unit).toString())
                            .put("endsAt", end.minus(buckets - i - 1, unit).toString());
            ArrayNode models = JSON.arrayNode();
            long consumed = 0;
            for (int m = 0; m < MODELS.length; m++) {
                long amount = (40 + 37L * ((i * 7 + m * 11) % 13)) * 6_000 / (m + 1);
                models.addObject()
                        .put("model", MODELS[m])
                        .put("calls", 10 + i)
                        .put("consumed", amount)
                        .put("refunds", 0)
                        .put("refunded", 0);
                consumed += amount;
            }
            bucket.put("calls", 40 + i)
                    .put("consumed", consumed)
                    .put("refunds", 0)
                    .put("refunded", 0)
                    .set("models", models);
            sum += consumed;
        }
        usage.putObject("total")
                .put("calls", 1234)
                .put("consumed", sum)
                .put("refunds", 0)
                .put("refunded", 0);
        usage.set("items", items);
        return Answer.of(usage);
    }

    private static Answer history(ObjectNode token) {
        ArrayNode items = JSON.arrayNode();
        item(items, 6, "secret-revealed", 0, JSON.objectNode().put("how", "copy-token"));
        item(items, 5, "token-enabled", 1, JSON.objectNode())
                .withArrayProperty("changes")
                .addObject()
                .put("field", "status")
                .put("before", "disabled")
                .put("after", "enabled");
        item(items, 4, "token-disabled", 1, JSON.objectNode().put("reason", "spend looked odd"))
                .withArrayProperty("changes")
                .addObject()
                .put("field", "status")
                .put("before", "enabled")
                .put("after", "disabled");
        item(items, 3, "quota-limit-changed", 9, JSON.objectNode().put("quotaLimit", 200 * DOLLAR))
                .withArrayProperty("changes")
                .addObject()
                .put("field", "quotaLimit")
                .put("before", 20 * DOLLAR)
                .put("after", 200 * DOLLAR);
        item(
                        items,
                        1,
                        "token-renamed",
                        12,
                        JSON.objectNode().put("name", token.path("name").asString()))
                .withArrayProperty("changes")
                .addObject()
                .put("field", "name")
                .put("before", "chat-staging")
                .put("after", token.path("name").asString());
        item(items, 0, "token-created", 30, JSON.objectNode().put("name", "chat-staging"));
        ObjectNode page = JSON.objectNode().putNull("nextCursor").putNull("keptSince");
        page.set("items", items);
        return Answer.of(page);
    }

    private static ObjectNode item(
            ArrayNode items, int sequence, String type, int daysAgo, ObjectNode data) {
        ObjectNode item =
                items.addObject()
                        .put("sequence", sequence)
                        .put("position", "7:" + (40 + sequence))
                        .put("type", "com.tokaify.ledger." + type + ".v1")
                        .put(
                                "recordedAt",
                                Instant.now()
                                        .minus(Duration.ofDays(daysAgo))
                                        .minusSeconds(600L * (10 - sequence))
                                        .toString())
                        .put("correlationId", "request-" + sequence);
        item.putObject("actor").put("kind", "owner").put("id", PlayedLedger.OWNER);
        item.set("data", data);
        item.putArray("changes");
        return item;
    }

    private static Answer audit(ObjectNode token) {
        ArrayNode items = JSON.arrayNode();
        String id = token.path("tokenId").asString();
        event(
                items,
                id,
                6,
                "secret-revealed",
                "owner:" + PlayedLedger.OWNER,
                JSON.objectNode().put("how", "secret"));
        event(items, id, 5, "token-expired", "system:due", JSON.objectNode());
        event(
                items,
                id,
                4,
                "token-disabled",
                "owner:" + PlayedLedger.OWNER,
                JSON.objectNode().put("reason", "leaked"));
        event(
                items,
                PlayedLedger.ACCOUNT,
                1,
                "balance-credited",
                "operator:" + PlayedLedger.OPERATOR,
                JSON.objectNode().put("amount", 500 * DOLLAR).put("reference", "invoice 4711"));
        event(
                items,
                id,
                0,
                "token-created",
                "owner:" + PlayedLedger.OWNER,
                JSON.objectNode().put("name", "chat-production"));
        event(
                items,
                PlayedLedger.ACCOUNT,
                0,
                "account-opened",
                "operator:local",
                JSON.objectNode().put("name", "Acme"));
        ObjectNode page = JSON.objectNode().putNull("nextCursor");
        page.set("items", items);
        return Answer.of(page);
    }

    private static void event(
            ArrayNode items,
            String subject,
            int sequence,
            String type,
            String actor,
            ObjectNode data) {
        ObjectNode event =
                items.addObject()
                        .put("id", subject + ":" + sequence)
                        .put(
                                "recordedAt",
                                Instant.now().minusSeconds(4_000L * (8 - sequence)).toString())
                        .put("type", "com.tokaify.ledger." + type + ".v1")
                        .put("subject", subject)
                        .put("accountId", PlayedLedger.ACCOUNT)
                        .put("actor", actor)
                        .put("correlationId", "request-1")
                        .put("position", "7:" + (40 + sequence))
                        .put("sequence", sequence);
        event.set("data", data);
    }

    private static Answer projections() {
        ArrayNode projections = JSON.arrayNode();
        for (String name : new String[] {"books", "catalog", "history"}) {
            projections
                    .addObject()
                    .put("name", name)
                    .put("state", "live")
                    .putNull("reason")
                    .put("lag", 0)
                    .putArray("partitions");
        }
        ObjectNode overview =
                JSON.objectNode()
                        .put("ageMillis", 12)
                        .put("lag", 0)
                        .put("eventsPerSecond", 140)
                        .putNull("rebuild");
        overview.set("projections", projections);
        return Answer.of(overview);
    }

    static Answer view(long pseq, long behind) {
        ObjectNode view =
                JSON.objectNode()
                        .put("ready", true)
                        .put("reason", "The stream has been read to its end.")
                        .put("percent", 100)
                        .put("stale", false)
                        .put("ageMillis", 9)
                        .put("tokens", 10_482)
                        .put("accounts", 31);
        view.putArray("partitions").add("6:12").add("7:" + pseq);
        view.putArray("agesMillis").add(9).add(9);
        view.putObject("propagation")
                .put("count", 1_000)
                .put("p50Millis", 8)
                .put("p99Millis", 74)
                .put("maxMillis", 131);
        return Answer.of(
                view.put("eventsApplied", 1_204_551)
                        .put("behind", behind)
                        .put("eventsInSnapshot", 1_200_000)
                        .put("rebuilds", 0));
    }

    /** As the guard says it: a token that is restricted to addresses is refused elsewhere. */
    static Answer diagnosis(ObjectNode token, JsonNode call, String position) {
        boolean allowed =
                token.path("ipAllowlist").isNull()
                        || call.path("ip").asString("").startsWith("203.0.113.");
        ObjectNode body =
                JSON.objectNode()
                        .put("valid", allowed)
                        .put("code", allowed ? "OK" : "IP_NOT_ALLOWED");
        body.put("tokenId", token.path("tokenId").asString())
                .put("accountId", PlayedLedger.ACCOUNT)
                .put("group", "default")
                .putNull("secret");
        body.set("remaining", token.path("remaining"));
        body.set("expiresAt", token.path("expiresAt"));
        body.put("position", position);
        ArrayNode checks = body.putArray("checks");
        checks.addObject()
                .put("check", "ENABLED")
                .put("passed", true)
                .put("code", "OK")
                .put("found", "ENABLED")
                .put("message", "The token is enabled.")
                .putNull("remedy")
                .putObject("facts");
        ObjectNode source =
                checks.addObject()
                        .put("check", "SOURCE_ALLOWED")
                        .put("passed", allowed)
                        .put("code", allowed ? "OK" : "IP_NOT_ALLOWED");
        source.put("found", allowed ? "ANY_SOURCE" : "SOURCE_NOT_LISTED");
        ObjectNode facts = source.putObject("facts");
        if (!allowed) {
            facts.put("ip", call.path("ip").asString())
                    .set("ipAllowlist", token.path("ipAllowlist"));
        }
        source.put(
                        "message",
                        allowed
                                ? "The token may be used from any address."
                                : "The call comes from "
                                        + call.path("ip").asString("nowhere")
                                        + "; the token may be used only from 203.0.113.0/24, 2001:db8::/32.")
                .put(
                        "remedy",
                        allowed
                                ? null
                                : "Add it to the token's ipAllowlist, or call from an allowed address.");
        return Answer.of(body);
    }

    /** Of an instance that cannot tell yet: the same form, but not 200. */
    static Answer noDiagnosis() {
        String why = "This instance cannot answer yet; ask another one or try again.";
        ObjectNode body = JSON.objectNode().put("valid", false).put("code", "VIEW_NOT_READY");
        body.putArray("checks")
                .addObject()
                .put("check", "VIEW_READY")
                .put("passed", false)
                .put("code", "VIEW_NOT_READY")
                .put("found", "VIEW_NOT_READY")
                .put("message", why)
                .put("remedy", "Ask another one or try again; GET /v1/view tells why.")
                .putObject("facts")
                .put("reason", why);
        return new Answer(503, body, null);
    }

    private static Answer decision(ObjectNode token, Asked asked) {
        ObjectNode body =
                JSON.objectNode()
                        .put("tokenId", token.path("tokenId").asString())
                        .put("accountId", PlayedLedger.ACCOUNT)
                        .put("at", asked.parameter("at"))
                        .put("valid", false)
                        .put("code", "TOKEN_DISABLED")
                        .put("message", "The token is disabled.")
                        .putNull("remaining")
                        .put("sequence", 4);
        ObjectNode check =
                body.putArray("checks")
                        .addObject()
                        .put("check", "ENABLED")
                        .put("passed", false)
                        .put("code", "TOKEN_DISABLED")
                        .put("found", "DISABLED")
                        .put("message", "The token is disabled.")
                        .put("remedy", "Enable the token.");
        check.putObject("facts");
        check.putArray("causes")
                .addObject()
                .put("stream", token.path("tokenId").asString())
                .put("sequence", 4)
                .put("type", "com.tokaify.ledger.token-disabled.v1")
                .put("position", "7:44")
                .put("recordedAt", Instant.now().minus(Duration.ofDays(1)).toString())
                .put("actorKind", "owner")
                .put("actorId", PlayedLedger.OWNER)
                .put("correlationId", "request-4");
        body.putArray("notKnown")
                .addObject()
                .put("code", "LAG")
                .put("message", "How far the instance was behind the ledger.");
        return Answer.of(body);
    }
}
