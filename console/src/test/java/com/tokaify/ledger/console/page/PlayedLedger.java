package com.tokaify.ledger.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the console and the services behind it to the page: just enough of each to be lived in.
 * What it says is held to the services' documents by {@link Contracts}. Thread-safe.
 */
final class PlayedLedger {
    static final String ACCOUNT = "acc_01m83sn7z7exbbad962c652dg4";
    static final String OTHER_ACCOUNT = "acc_01m83sn7z7exbbad962c652dg5";
    static final String OTHER_NAME = "Globex Research & Development (Shanghai) Co., Ltd.";
    static final String OPERATOR = "usr_01m8qvydv8e6p8xtvwwpr46ap5";
    static final String OWNER = "usr_01m8qvydv8e6p8xtvwwpr46ap6";
    static final String SECRET_START = "sk-tkfPLAYED";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long DOLLAR = 500_000;

    private final String role;
    private final @Nullable String accountId;
    private final List<ObjectNode> tokens = new ArrayList<>();
    private final List<ObjectNode> gone = new ArrayList<>();
    private final AtomicLong written = new AtomicLong(100);
    private final Map<Integer, Long> fellBehindAt = new HashMap<>();
    private int instances = 1;
    private boolean signedInLately = true;
    private boolean signedIn = true;
    private boolean ownUsers = true;
    private boolean namesAreKnown = true;
    private boolean guardIsReady = true;
    private @Nullable String lastSearch;
    private @Nullable Answer next;

    private PlayedLedger(String role, @Nullable String accountId) {
        this.role = role;
        this.accountId = accountId;
    }

    /** As somebody of this role sees it; owners are of {@link #ACCOUNT}. */
    static PlayedLedger as(String role) {
        return new PlayedLedger(role, role.equals("owner") ? ACCOUNT : null);
    }

    /** Six tokens, each with something else to it. */
    PlayedLedger withTokens() {
        Instant now = Instant.now();
        add("chat-production")
                .put("quotaLimit", 200 * DOLLAR)
                .put("consumed", 84 * DOLLAR)
                .put("remaining", 116 * DOLLAR)
                .put("lastUsedAt", now.minusSeconds(40).toString());
        add("support-bot")
                .put("quotaLimit", 5 * DOLLAR)
                .put("consumed", 4_600_000L / 2)
                .put("remaining", 200_000)
                .put("lastUsedAt", now.minusSeconds(3_000).toString())
                .set(
                        "quotaPeriod",
                        JSON.objectNode().put("every", "day").put("timeZone", "Asia/Shanghai"));
        add("contractor-mueller")
                .put("expiresAt", now.plus(Duration.ofDays(4)).toString())
                .set("ipAllowlist", JSON.arrayNode().add("203.0.113.0/24").add("2001:db8::/32"));
        add("nightly-batch")
                .put("status", "disabled")
                .put("disabledReason", "leaked")
                .put("lastUsedAt", now.minus(Duration.ofDays(12)).toString());
        add("demo-day")
                .put("status", "expired")
                .put("expiresAt", now.minus(Duration.ofDays(2)).toString());
        add("prototype")
                .put("status", "exhausted")
                .put("quotaLimit", 20 * DOLLAR)
                .put("consumed", 21 * DOLLAR)
                .put("remaining", 0)
                .set(
                        "models",
                        JSON.arrayNode().add("gpt-4o-mini").add("deepseek-ai/DeepSeek-V3.1"));
        if (accountId == null) {
            ((ObjectNode) token("prototype")).put("accountId", OTHER_ACCOUNT);
        }
        return this;
    }

    PlayedLedger withManyTokens(int count) {
        for (int i = 0; i < count; i++) {
            add("token-%05d".formatted(i));
        }
        return this;
    }

    /** People are kept elsewhere. */
    PlayedLedger withForeignIssuer() {
        ownUsers = false;
        return this;
    }

    /** Who would tell what things are called cannot be reached. */
    PlayedLedger withoutNames() {
        namesAreKnown = false;
        return this;
    }

    /** Who checks has not read the ledger to its end yet. */
    PlayedLedger withGuardNotReady() {
        guardIsReady = false;
        return this;
    }

    synchronized void namesAreBack() {
        namesAreKnown = true;
    }

    /** So many answer gateways. */
    PlayedLedger withInstances(int count) {
        instances = count;
        return this;
    }

    /** From now on this instance learns nothing more. */
    synchronized void fallBehind(int instance) {
        fellBehindAt.put(instance, written.get());
    }

    synchronized void catchUp(int instance) {
        fellBehindAt.remove(instance);
    }

    synchronized void passwordIsOld() {
        signedInLately = false;
    }

    /** The session ends just before somebody searches for this, not earlier: the page would go. */
    synchronized void sessionEndsAtSearch(String text) {
        lastSearch = text;
    }

    /** The next command is answered so. */
    synchronized void refuseNext(Answer answer) {
        next = answer;
    }

    synchronized JsonNode token(String name) {
        return tokens.stream()
                .filter(token -> token.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    synchronized void use(String name, long amount) {
        ObjectNode token = (ObjectNode) token(name);
        token.put("consumed", token.path("consumed").asLong() + amount);
    }

    synchronized void rename(String name, String next) {
        ((ObjectNode) token(name)).put("name", next);
    }

    private ObjectNode add(String name) {
        int n = tokens.size();
        String mask = "sk-tkf%c**********%04d".formatted('A' + n % 26, n);
        ObjectNode token = JSON.objectNode();
        token.put("tokenId", "tok_01m83sn8rbe948dfv8x9w%05d".formatted(n))
                .put("accountId", ACCOUNT)
                .put("name", name)
                .put("group", "default")
                .put("status", "enabled");
        token.putNull("disabledReason")
                .put("mask", mask)
                .putNull("quotaLimit")
                .put("consumed", 0)
                .putNull("remaining")
                .putNull("quotaPeriod")
                .putNull("periodEndsAt")
                .putNull("modelQuotas");
        token.put("totalConsumed", 0)
                .putNull("models")
                .putNull("ipAllowlist")
                .putNull("expiresAt")
                .putNull("rateLimits")
                .putNull("importedFrom");
        token.put("createdAt", Instant.now().minus(Duration.ofDays(30)).toString())
                .put("changedAt", Instant.now().toString())
                .putNull("lastUsedAt")
                .put("sequence", 7);
        tokens.addFirst(token);
        return token;
    }

    /** What the console says before it asks a service, of whom no document knows; null mostly. */
    synchronized @Nullable Answer refusalOfConsole(Asked asked) {
        signedIn &= lastSearch == null || !lastSearch.equals(asked.parameter("search"));
        if (!signedIn) {
            return Answer.problem(401, "UNAUTHENTICATED", "Sign in first.");
        }
        return namesAreKnown || !asked.path().equals("/v1/names")
                ? null
                : Answer.problem(502, "SERVICE_AWAY", "The service does not answer; try again.");
    }

    synchronized Answer answer(Asked asked) {
        return switch (asked.service()) {
            case "console" -> console(asked);
            case "query" -> query(asked);
            case "command" -> command(asked);
            case "enforcement" -> enforcement(asked);
            default -> throw new AssertionError("nobody plays " + asked.service());
        };
    }

    private Answer console(Asked asked) {
        return switch (asked.name()) {
            case "GET /api/me" -> {
                ObjectNode me =
                        JSON.objectNode()
                                .put("userId", myId())
                                .put("name", role.equals("owner") ? "Mei Lin" : "Ada " + role)
                                .put("role", role)
                                .put("accountId", accountId)
                                .put("signedInAt", Instant.now().toString())
                                .put("ownUsers", ownUsers);
                me.putObject("csrf").put("headerName", "X-XSRF-TOKEN").put("token", "forged-not");
                yield Answer.of(me);
            }
            case "GET /api/settings" ->
                    Answer.of(
                            JSON.objectNode()
                                    .put("apiUrl", "https://api.tokaify.com")
                                    .put("enforcementInstances", instances));
            case "GET /api/instances" -> {
                ArrayNode addresses = JSON.arrayNode();
                for (int instance = 1; instance <= instances; instance++) {
                    addresses.add("http://guard-" + instance + ".internal:8083");
                }
                yield Answer.of(JSON.objectNode().set("enforcement", addresses));
            }
            case "GET /api/users" -> {
                ArrayNode users = JSON.arrayNode();
                users.addObject()
                        .put("userId", OPERATOR)
                        .put("name", "Ada")
                        .put("role", "operator")
                        .putNull("accountId")
                        .put("state", "active")
                        .put("createdAt", Instant.now().toString())
                        .put("lastSignedInAt", Instant.now().toString());
                users.addObject()
                        .put("userId", OWNER)
                        .put("name", "Mei Lin")
                        .put("role", "owner")
                        .put("accountId", ACCOUNT)
                        .put("state", "active")
                        .put("createdAt", Instant.now().toString())
                        .put("lastSignedInAt", Instant.now().toString());
                users.addObject()
                        .put("userId", "usr_01m8qvydv8e6p8xtvwwpr46ap7")
                        .putNull("name")
                        .put("role", "owner")
                        .put("accountId", ACCOUNT)
                        .put("state", "invited")
                        .put("createdAt", Instant.now().toString())
                        .putNull("lastSignedInAt");
                yield Answer.of(JSON.objectNode().set("items", users));
            }
            case "GET /api/people" -> people(asked);
            case "GET /api/clients" -> {
                ArrayNode clients = JSON.arrayNode();
                clients.addObject()
                        .put("clientId", "edge-1")
                        .put("role", "gateway")
                        .putNull("accountId")
                        .put("createdAt", Instant.now().toString());
                yield Answer.of(JSON.objectNode().set("items", clients));
            }
            case "POST /api/users" ->
                    new Answer(
                            201,
                            JSON.objectNode()
                                    .put("userId", "usr_01m8qvydv8e6p8xtvwwpr46ap8")
                                    .put("link", "http://localhost:8080/invitation/once")
                                    .put("expiresAt", Instant.now().toString()),
                            null);
            case "POST /sign-out" -> Answer.of(JSON.objectNode().put("next", "/sign-in"));
            default -> Answer.problem(404, "NOT_FOUND", "There is no " + asked.name());
        };
    }

    private String myId() {
        return switch (role) {
            case "operator" -> OPERATOR;
            case "owner" -> OWNER;
            default -> "usr_01m8qvydv8e6p8xtvwwpr46ap9";
        };
    }

    /** Owners learn of people of their account, which of these is one of theirs. */
    private Answer people(Asked asked) {
        ArrayNode items = JSON.arrayNode();
        for (String id : asked.values("id")) {
            if (id.equals(OWNER)) {
                items.addObject().put("userId", id).put("name", "Mei Lin");
            } else if (id.equals(OPERATOR) && accountId == null) {
                items.addObject().put("userId", id).put("name", "Ada");
            }
        }
        return Answer.of(JSON.objectNode().set("items", items));
    }

    private Answer names(Asked asked) {
        ArrayNode items = JSON.arrayNode();
        for (String id : asked.values("id")) {
            ObjectNode token = find(id);
            if (token != null) {
                items.addObject().put("id", id).set("name", token.path("name"));
            } else if (id.equals(ACCOUNT)) {
                items.addObject().put("id", id).put("name", "Acme");
            } else if (id.equals(OTHER_ACCOUNT) && accountId == null) {
                items.addObject().put("id", id).put("name", OTHER_NAME);
            }
        }
        return Answer.of(JSON.objectNode().set("items", items));
    }

    private Answer query(Asked asked) {
        String[] steps = asked.path().split("/", -1);
        if (steps[2].equals("names")) {
            return names(asked);
        }
        if (steps[2].equals("tokens")) {
            return steps.length == 3 ? list(asked) : ofToken(asked, steps);
        }
        if (steps[2].equals("accounts")) {
            return PlayedReads.account(asked, steps);
        }
        return PlayedReads.other(asked, tokens.getLast());
    }

    private Answer list(Asked asked) {
        String search =
                Objects.requireNonNullElse(asked.parameter("search"), "").toLowerCase(Locale.ROOT);
        String status = asked.parameter("status");
        int from = Integer.parseInt(Objects.requireNonNullElse(asked.parameter("cursor"), "0"));
        int limit = Integer.parseInt(Objects.requireNonNullElse(asked.parameter("limit"), "50"));
        List<ObjectNode> fitting =
                tokens.stream()
                        .filter(token ->
                                token.path("name")
                                        .asString()
                                        .toLowerCase(Locale.ROOT)
                                        .contains(search))
                        .filter(token ->
                                status == null || token.path("status").asString().equals(status))
                        .toList();
        ObjectNode page = JSON.objectNode();
        ArrayNode items = page.putArray("items");
        fitting.stream().skip(from).limit(limit).map(ObjectNode::deepCopy).forEach(items::add);
        page.put("total", fitting.size()).put("totalAtLeast", fitting.size());
        page.put("nextCursor", from + limit < fitting.size() ? String.valueOf(from + limit) : null);
        return Answer.of(page);
    }

    private Answer ofToken(Asked asked, String[] steps) {
        ObjectNode token = find(steps[3], Stream.concat(tokens.stream(), gone.stream()));
        if (token == null) {
            return Answer.problem(404, "TOKEN_NOT_FOUND", "There is no such token.");
        }
        if (steps.length == 4 && gone.contains(token) && asked.parameter("asOf") == null) {
            return Answer.problem(404, "TOKEN_DELETED", "The token has been deleted.");
        }
        if (steps.length > 4) {
            return PlayedReads.ofToken(asked, steps[4], token);
        }
        ObjectNode shown = token.deepCopy();
        if (asked.parameter("asOf") != null) {
            shown.put("asOf", Instant.now().minus(Duration.ofDays(20)).toString())
                    .put("name", "chat-staging")
                    .put("quotaLimit", 20 * DOLLAR);
        }
        return Answer.of(shown);
    }

    private @Nullable ObjectNode find(String id) {
        return find(id, tokens.stream());
    }

    private static @Nullable ObjectNode find(String id, Stream<ObjectNode> tokens) {
        return tokens.filter(token -> token.path("tokenId").asString().equals(id))
                .findFirst()
                .orElse(null);
    }

    private Answer command(Asked asked) {
        if (next != null) {
            Answer refusal = next;
            next = null;
            return refusal;
        }
        String[] steps = asked.path().split("/", -1);
        if (!steps[2].equals("tokens")) {
            return PlayedCommands.beside(asked, steps, position());
        }
        if (steps.length == 3) {
            return create(asked.json());
        }
        if (steps[3].equals("bulk")) {
            return bulk(asked.json());
        }
        ObjectNode token = Objects.requireNonNull(find(steps[3]));
        String what = steps.length > 4 ? steps[4] : asked.method();
        boolean secret = what.equals("reveal") || what.equals("rotate");
        if (secret && !signedInLately) {
            return Answer.problem(403, "SIGN_IN_AGAIN", "Sign in again to see secrets.");
        }
        if (what.equals("DELETE")) {
            delete(token);
        }
        return PlayedCommands.onToken(what, asked, token, position());
    }

    private void delete(ObjectNode token) {
        tokens.remove(token);
        gone.add(token);
    }

    private Answer create(JsonNode wanted) {
        ObjectNode token = add(wanted.path("name").asString());
        wanted.propertyStream()
                .filter(field -> !field.getKey().equals("accountId"))
                .forEach(field -> token.set(field.getKey(), field.getValue()));
        return PlayedCommands.shown(201, token, position());
    }

    private Answer bulk(JsonNode wanted) {
        ArrayNode items = JSON.arrayNode();
        StreamSupport.stream(wanted.path("ids").spliterator(), false)
                .map(JsonNode::asString)
                .forEach(id -> {
                    ObjectNode token = Objects.requireNonNull(find(id));
                    switch (wanted.path("action").asString()) {
                        case "delete" -> delete(token);
                        case "disable" -> token.put("status", "disabled");
                        default -> token.put("status", "enabled");
                    }
                    items.addObject()
                            .put("tokenId", id)
                            .put("done", true)
                            .putNull("stillRefused")
                            .putNull("code")
                            .putNull("detail");
                });
        return Answer.of(JSON.objectNode().set("items", items));
    }

    private Answer enforcement(Asked asked) {
        long known = Objects.requireNonNullElse(fellBehindAt.get(asked.instance()), written.get());
        if (asked.path().equals("/v1/view")) {
            return PlayedReads.view(known, written.get() - known);
        }
        return guardIsReady
                ? PlayedReads.diagnosis(
                        Objects.requireNonNull(find(asked.json().path("tokenId").asString())),
                        asked.json(),
                        "7:" + known)
                : PlayedReads.noDiagnosis();
    }

    private String position() {
        return "7:" + written.incrementAndGet();
    }
}
