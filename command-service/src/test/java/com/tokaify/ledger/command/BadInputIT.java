package com.tokaify.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.RunningCommandService.Answer;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What callers may get wrong, endpoint by endpoint: named by field and rule, and never stored. */
class BadInputIT {
    private static final String UNKNOWN_ACCOUNT = "acc_01k0000000e000000000000001";
    private static final String UNKNOWN_TOKEN = "tok_01k0000000e000000000000001";

    private static final String UNITS = "must be 1 to 500000000000000 units";
    private static final String LIMIT = "must be 0 to 500000000000000 units";
    private static final String WHOLE_NUMBER = "must be a whole number";
    private static final String NAME = "must have 1 to 100 characters";
    private static final String CONTROL = "must not contain control characters";
    private static final String REQUIRED = "is required";
    private static final String UNKNOWN_FIELD = "is not a field of this request";
    private static final String ONE_OBJECT = "must be one JSON object";
    private static final String ACCOUNT_ID = "must be 'acc_' and 26 characters of Crockford base32";
    private static final String TOKEN_ID = "must be 'tok_' and 26 characters of Crockford base32";
    private static final String GROUP =
            "must have 1 to 64 letters, digits, '.', '_' or '-' and begin with a letter or digit";
    private static final String MODEL =
            "must have 1 to 200 printable ASCII characters without spaces";
    private static final String USAGE_ID =
            "must have 1 to 128 printable ASCII characters without spaces";

    private static final String REASON = "must have 1 to 200 characters";

    private static LedgerDatabase database;
    private static RunningCommandService service;
    private static String account;
    private static String token;

    /** A request and the one field and rule it breaks. */
    record Bad(String method, String path, String body, String field, String rule) {
        Bad(String path, String body, String field, String rule) {
            this("POST", path, body, field, rule);
        }
    }

    /** A request that is well-formed and asks for what cannot be. */
    record Impossible(String method, String path, String body, int status, String code) {
        Impossible(String path, String body, int status, String code) {
            this("POST", path, body, status, code);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure.get().recreateTopics(LedgerInstance.PARTITIONS);
        database = LedgerInfrastructure.get().newLedgerDatabase();
        service = RunningCommandService.on(database);
        account = service.post("/v1/accounts", "{\"name\":\"Acme\"}").text("accountId");
        Answer created =
                service.post(
                        "/v1/tokens",
                        "{\"accountId\":\"%s\",\"name\":\"ci\",\"group\":\"default\",\"quotaLimit\":100}"
                                .formatted(account));
        token = created.text("tokenId");
        service.post("/v1/tokens/" + token + "/consumptions", "{\"usageId\":\"u0\",\"amount\":1}");
        service.post(
                "/v1/accounts/" + account + "/credits", "{\"amount\":5,\"reference\":\"inv-0\"}");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static Stream<Bad> badRequests() {
        List<Bad> all = new ArrayList<>();
        accounts(all);
        credits(all);
        tokens(all);
        consumptions(all);
        bulkConsumptions(all);
        newQuotas(all);
        changes(all);
        refunds(all);
        bulkActions(all);
        adjustments(all);
        catalog(all);
        all.add(new Bad("/v1/tokens/$token/disable", "{\"reson\":\"x\"}", "reson", UNKNOWN_FIELD));
        all.add(new Bad("/v1/tokens/$token/disable", "{\"reason\":7}", "reason", "must be a text"));
        all.add(
                new Bad(
                        "/v1/tokens/$token/disable",
                        "{\"reason\":\"" + "x".repeat(201) + "\"}",
                        "reason",
                        "must have 1 to 200 characters"));
        all.add(new Bad("/v1/tokens/$token/disable", "[]", "body", ONE_OBJECT));
        for (String id : List.of("tok_1", UNKNOWN_ACCOUNT, "tok_" + "u".repeat(26), "%20")) {
            for (String path : List.of("/enable", "/disable", "/consumptions", "/refunds")) {
                all.add(new Bad("/v1/tokens/" + id + path, consumption("1"), "tokenId", TOKEN_ID));
            }
            all.add(new Bad("PATCH", "/v1/tokens/" + id, "{}", "tokenId", TOKEN_ID));
            all.add(new Bad("DELETE", "/v1/tokens/" + id, "", "tokenId", TOKEN_ID));
        }
        for (String id : List.of("acc_1", UNKNOWN_TOKEN, "acc_" + "u".repeat(26), "%20")) {
            for (String path : List.of("/credits", "/adjustments", "/suspend", "/resume")) {
                all.add(
                        new Bad(
                                "/v1/accounts/" + id + path,
                                "{\"amount\":1,\"reason\":\"a\",\"reference\":\"a\"}"
                                        .replace(
                                                path.equals("/credits")
                                                        ? ",\"reason\":\"a\""
                                                        : ",\"reference\":\"a\"",
                                                ""),
                                "accountId",
                                ACCOUNT_ID));
            }
        }
        return all.stream();
    }

    private static void accounts(List<Bad> all) {
        String path = "/v1/accounts";
        notAnObject(all, path);
        all.add(new Bad(path, "{}", "name", REQUIRED));
        all.add(new Bad(path, "{\"name\":null}", "name", REQUIRED));
        all.add(new Bad(path, "{\"name\":\"\"}", "name", NAME));
        all.add(new Bad(path, "{\"name\":\"  \"}", "name", NAME));
        all.add(new Bad(path, "{\"name\":\"" + "x".repeat(101) + "\"}", "name", NAME));
        all.add(new Bad(path, "{\"name\":\"a\\u0000b\"}", "name", CONTROL));
        all.add(new Bad(path, "{\"name\":\"a\\nb\"}", "name", CONTROL));
        all.add(new Bad(path, "{\"name\":\"a\\ud800b\"}", "name", CONTROL));
        all.add(new Bad(path, "{\"name\":5}", "name", "must be a text"));
        all.add(new Bad(path, "{\"name\":[\"a\"]}", "name", "must be a text"));
        all.add(new Bad(path, "{\"name\":\"a\",\"balance\":1}", "balance", UNKNOWN_FIELD));
        all.add(new Bad(path, "{\"name\":\"a\",\"Name\":\"b\"}", "Name", UNKNOWN_FIELD));
    }

    private static void credits(List<Bad> all) {
        String path = "/v1/accounts/$account/credits";
        notAnObject(all, path);
        amounts(all, path, "{\"amount\":%s,\"reference\":\"inv-1\"}");
        all.add(new Bad(path, "{\"amount\":1}", "reference", REQUIRED));
        all.add(new Bad(path, "{\"amount\":1,\"reference\":\"\"}", "reference", NAME));
        all.add(
                new Bad(
                        path,
                        "{\"amount\":1,\"reference\":\"" + "x".repeat(101) + "\"}",
                        "reference",
                        NAME));
        all.add(
                new Bad(
                        path,
                        "{\"amount\":1,\"reference\":\"a\",\"currency\":\"USD\"}",
                        "currency",
                        UNKNOWN_FIELD));
        all.add(
                new Bad(
                        "/v1/accounts/" + UNKNOWN_TOKEN + "/credits",
                        "{\"amount\":1,\"reference\":\"a\"}",
                        "accountId",
                        ACCOUNT_ID));
    }

    private static void tokens(List<Bad> all) {
        String path = "/v1/tokens";
        notAnObject(all, path);
        all.add(
                new Bad(
                        path,
                        "{\"name\":\"a\",\"group\":\"default\"}",
                        "accountId",
                        "must be given by who acts for all accounts"));
        all.add(
                new Bad(
                        path,
                        "{\"accountId\":\"acc_1\",\"name\":\"a\",\"group\":\"default\"}",
                        "accountId",
                        ACCOUNT_ID));
        all.add(new Bad(path, token("name", null), "name", REQUIRED));
        all.add(new Bad(path, token("name", "\"\""), "name", NAME));
        all.add(new Bad(path, token("name", quoted("x".repeat(101))), "name", NAME));
        all.add(new Bad(path, token("name", "\"a\\tb\""), "name", CONTROL));
        all.add(new Bad(path, token("group", null), "group", REQUIRED));
        all.add(new Bad(path, token("group", "\"\""), "group", GROUP));
        all.add(new Bad(path, token("group", "\"-a\""), "group", GROUP));
        all.add(new Bad(path, token("group", quoted("x".repeat(65))), "group", GROUP));
        for (String amount : List.of("-1", "500000000000001")) {
            all.add(new Bad(path, token("quotaLimit", amount), "quotaLimit", LIMIT));
        }
        for (String amount :
                List.of("1.5", "1e30", "1e2", "9223372036854775808", "\"5\"", "true")) {
            all.add(new Bad(path, token("quotaLimit", amount), "quotaLimit", WHOLE_NUMBER));
        }
        all.add(new Bad(path, token("quotalimit", "5"), "quotalimit", UNKNOWN_FIELD));
        String someModels = "must name 1 to 500 models, or be absent for any";
        all.add(new Bad(path, token("models", "[]"), "models", someModels));
        all.add(
                new Bad(
                        path,
                        token("models", "[" + "\"m\",".repeat(500) + "\"m\"]"),
                        "models",
                        someModels));
        all.add(
                new Bad(
                        path,
                        token(
                                "models",
                                IntStream.range(100, 360)
                                        .mapToObj(i -> '"' + "m".repeat(197) + i + '"')
                                        .collect(Collectors.joining(",", "[", "]"))),
                        "models",
                        "must have 50000 characters at most, all together"));
        all.add(new Bad(path, token("models", "[\"gpt-4o\",\"\"]"), "models[1]", MODEL));
        all.add(new Bad(path, token("models", "[\"gpt 4\"]"), "models[0]", MODEL));
        all.add(new Bad(path, token("models", "[\"gpt-4o\",null]"), "models[1]", REQUIRED));
        all.add(new Bad(path, token("models", "[7]"), "models[0]", "must be a text"));
        all.add(new Bad(path, token("models", "\"gpt-4o\""), "models", "must be a list"));
        String someRanges = "must name 1 to 100 addresses or CIDR blocks, or be absent for any";
        all.add(new Bad(path, token("ipAllowlist", "[]"), "ipAllowlist", someRanges));
        all.add(
                new Bad(
                        path,
                        token("ipAllowlist", "[\"10.0.0.1\",\"10.0.0.0/33\"]"),
                        "ipAllowlist[1]",
                        "must have a prefix length of 0 to 32, not '33'"));
        all.add(
                new Bad(
                        path,
                        token("ipAllowlist", "[\"::1/129\"]"),
                        "ipAllowlist[0]",
                        "must have a prefix length of 0 to 128, not '129'"));
        all.add(
                new Bad(
                        path,
                        token("ipAllowlist", "[\"10.0.0.1\",null]"),
                        "ipAllowlist[1]",
                        REQUIRED));
        all.add(
                new Bad(
                        path,
                        token("expiresAt", "\"2020-01-01T00:00:00Z\""),
                        "expiresAt",
                        "must be in the future"));
        String instant = "must be an instant in ISO-8601 UTC, e.g. 2027-01-31T12:00:00Z";
        for (String time : List.of("\"tomorrow\"", "\"2027-01-31\"", "1800000000", "true", "[]")) {
            all.add(new Bad(path, token("expiresAt", time), "expiresAt", instant));
        }
    }

    private static void consumptions(List<Bad> all) {
        String path = "/v1/tokens/$token/consumptions";
        notAnObject(all, path);
        amounts(all, path, "{\"amount\":%s,\"usageId\":\"u1\"}");
        all.add(new Bad(path, "{\"amount\":1}", "usageId", REQUIRED));
        all.add(new Bad(path, "{\"amount\":1,\"usageId\":\"\"}", "usageId", USAGE_ID));
        all.add(new Bad(path, "{\"amount\":1,\"usageId\":\"a b\"}", "usageId", USAGE_ID));
        all.add(new Bad(path, "{\"amount\":1,\"usageId\":\"ü\"}", "usageId", USAGE_ID));
        all.add(
                new Bad(
                        path,
                        "{\"amount\":1,\"usageId\":\"" + "u".repeat(129) + "\"}",
                        "usageId",
                        USAGE_ID));
        all.add(
                new Bad(
                        path,
                        "{\"amount\":1,\"usageId\":\"u1\",\"model\":\"a b\"}",
                        "model",
                        MODEL));
        all.add(
                new Bad(
                        path,
                        "{\"amount\":1,\"usageId\":\"u1\",\"total\":5}",
                        "total",
                        UNKNOWN_FIELD));
    }

    private static void bulkConsumptions(List<Bad> all) {
        String path = "/v1/consumptions";
        String items = "must have 1 to 1000 items";
        all.add(new Bad(path, "[]", "body", items));
        String good = "{\"tokenId\":\"$token\",\"usageId\":\"u1\",\"amount\":1}";
        all.add(new Bad(path, "[" + (good + ",").repeat(1_000) + good + "]", "body", items));
        all.add(new Bad(path, "[null]", "[0]", REQUIRED));
        all.add(new Bad(path, "[" + good + ",{}]", "[1].tokenId", REQUIRED));
        all.add(
                new Bad(
                        path,
                        "[" + good + ",{\"tokenId\":\"tok_1\",\"usageId\":\"u2\",\"amount\":1}]",
                        "[1].tokenId",
                        TOKEN_ID));
        all.add(
                new Bad(
                        path,
                        "[" + good + ",{\"tokenId\":\"$token\",\"usageId\":\"u2\",\"amount\":0}]",
                        "[1].amount",
                        UNITS));
        all.add(
                new Bad(
                        path,
                        "[" + good + ",{\"tokenId\":\"$token\",\"usageId\":\"u2\",\"amount\":1.5}]",
                        "[1].amount",
                        WHOLE_NUMBER));
        all.add(
                new Bad(
                        path,
                        "[" + good + ",{\"tokenId\":\"$token\",\"usageId\":\"\",\"amount\":1}]",
                        "[1].usageId",
                        USAGE_ID));
        all.add(
                new Bad(
                        path,
                        "[" + good + ",{\"tokenId\":\"$token\",\"usageld\":\"u2\",\"amount\":1}]",
                        "[1].usageld",
                        UNKNOWN_FIELD));
    }

    /** What a creation holds of quotas beside its limit. */
    private static void newQuotas(List<Bad> all) {
        for (Bad field : quotaFields()) {
            all.add(new Bad("/v1/tokens", token(field.path, field.body), field.field, field.rule));
        }
    }

    /** Each by the name of its field and what stands there. */
    private static List<Bad> quotaFields() {
        String zone = "must be a name of the IANA time zone database, e.g. Asia/Shanghai or UTC";
        String every = "must be day, week or month";
        String some = "must have 1 to 100 limits, or be absent for none";
        String quota = "{\"model\":\"m%d\",\"quotaLimit\":1}";
        List<String> tooMany = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            tooMany.add(quota.formatted(i));
        }
        String period = "quotaPeriod";
        String models = "modelQuotas";
        String rates = "rateLimits";
        return List.of(
                new Bad(period, "\"day\"", period, "must be an object"),
                new Bad(period, "{}", "quotaPeriod.every", REQUIRED),
                new Bad(period, "{\"every\":\"day\"}", "quotaPeriod.timeZone", REQUIRED),
                new Bad(
                        period,
                        "{\"every\":\"hour\",\"timeZone\":\"UTC\"}",
                        "quotaPeriod.every",
                        every),
                new Bad(
                        period,
                        "{\"every\":\"DAY\",\"timeZone\":\"UTC\"}",
                        "quotaPeriod.every",
                        every),
                new Bad(
                        period,
                        "{\"every\":\"day\",\"timeZone\":\"+08:00\"}",
                        "quotaPeriod.timeZone",
                        zone),
                new Bad(
                        period,
                        "{\"every\":\"day\",\"timeZone\":\"UTC\",\"at\":1}",
                        "quotaPeriod.at",
                        UNKNOWN_FIELD),
                new Bad(models, "[]", models, some),
                new Bad(models, "[" + String.join(",", tooMany) + "]", models, some),
                new Bad(models, "{}", models, "must be a list"),
                new Bad(models, "[null]", "modelQuotas[0]", REQUIRED),
                new Bad(
                        models,
                        "[" + quota.formatted(1) + "," + quota.formatted(1) + "]",
                        "modelQuotas[1].model",
                        "must not be that of another limit"),
                new Bad(
                        models,
                        "[" + quota.formatted(1) + ",{\"quotaLimit\":1}]",
                        "modelQuotas[1].model",
                        REQUIRED),
                new Bad(
                        models,
                        "[{\"model\":\"a b\",\"quotaLimit\":1}]",
                        "modelQuotas[0].model",
                        MODEL),
                new Bad(models, "[{\"model\":\"a\"}]", "modelQuotas[0].quotaLimit", WHOLE_NUMBER),
                new Bad(
                        models,
                        "[{\"model\":\"a\",\"quotaLimit\":1.5}]",
                        "modelQuotas[0].quotaLimit",
                        WHOLE_NUMBER),
                new Bad(
                        models,
                        "[{\"model\":\"a\",\"quotaLimit\":-1}]",
                        "modelQuotas[0].quotaLimit",
                        LIMIT),
                new Bad(rates, "60", rates, "must be an object"),
                new Bad(
                        rates,
                        "{\"requestsPerMinute\":0}",
                        "rateLimits.requestsPerMinute",
                        "must be 1 to 1000000000, or be absent for none"),
                new Bad(
                        rates,
                        "{\"unitsPerMinute\":100000000001}",
                        "rateLimits.unitsPerMinute",
                        "must be 1 to 100000000000, or be absent for none"),
                new Bad(
                        rates,
                        "{\"requestsPerMinute\":1.5}",
                        "rateLimits.requestsPerMinute",
                        WHOLE_NUMBER),
                new Bad(
                        rates,
                        "{\"requestsPerSecond\":1}",
                        "rateLimits.requestsPerSecond",
                        UNKNOWN_FIELD));
    }

    private static void changes(List<Bad> all) {
        String path = "/v1/tokens/$token";
        for (String body : List.of("", "[]", "null", "7", "{", "{} {}")) {
            all.add(new Bad("PATCH", path, body, "body", ONE_OBJECT));
        }
        List<Bad> fields = new ArrayList<>(quotaFields());
        fields.add(new Bad("name", "null", "name", "must not be null"));
        fields.add(new Bad("name", "\" \"", "name", NAME));
        fields.add(new Bad("name", "7", "name", "must be a text"));
        fields.add(new Bad("group", "null", "group", "must not be null"));
        fields.add(new Bad("group", "\"-a\"", "group", GROUP));
        fields.add(new Bad("quotaLimit", "-1", "quotaLimit", LIMIT));
        fields.add(new Bad("quotaLimit", "1.5", "quotaLimit", WHOLE_NUMBER));
        fields.add(new Bad("quotaLimit", "\"5\"", "quotaLimit", WHOLE_NUMBER));
        fields.add(
                new Bad(
                        "models",
                        "[]",
                        "models",
                        "must name 1 to 500 models, or be absent for any"));
        fields.add(new Bad("models", "[\"a\",\"a b\"]", "models[1]", MODEL));
        fields.add(new Bad("models", "[\"a\",null]", "models[1]", REQUIRED));
        fields.add(new Bad("models", "[7]", "models[0]", "must be a text"));
        fields.add(
                new Bad(
                        "ipAllowlist",
                        "[]",
                        "ipAllowlist",
                        "must name 1 to 100 addresses or CIDR blocks, or be absent for any"));
        fields.add(
                new Bad(
                        "ipAllowlist",
                        "[\"10.0.0.1\",\"10.0.0.0/33\"]",
                        "ipAllowlist[1]",
                        "must have a prefix length of 0 to 32, not '33'"));
        fields.add(
                new Bad(
                        "expiresAt",
                        "\"2020-01-01T00:00:00Z\"",
                        "expiresAt",
                        "must be in the future"));
        fields.add(
                new Bad(
                        "expiresAt",
                        "1800000000",
                        "expiresAt",
                        "must be an instant in ISO-8601 UTC, e.g. 2027-01-31T12:00:00Z"));
        for (String readOnly : List.of("tokenId", "accountId", "enabled", "consumed", "mask")) {
            fields.add(new Bad(readOnly, "null", readOnly, UNKNOWN_FIELD));
        }
        for (Bad field : fields) {
            String body = "{\"" + field.path + "\":" + field.body + "}";
            all.add(new Bad("PATCH", path, body, field.field, field.rule));
        }
    }

    private static void refunds(List<Bad> all) {
        String path = "/v1/tokens/$token/refunds";
        notAnObject(all, path);
        amounts(all, path, "{\"amount\":%s,\"usageId\":\"u0\",\"reason\":\"mistake\"}");
        all.add(new Bad(path, "{\"amount\":1,\"reason\":\"a\"}", "usageId", REQUIRED));
        all.add(
                new Bad(
                        path,
                        "{\"usageId\":\"a b\",\"amount\":1,\"reason\":\"a\"}",
                        "usageId",
                        USAGE_ID));
        all.add(new Bad(path, "{\"usageId\":\"u0\",\"amount\":1}", "reason", REQUIRED));
        all.add(
                new Bad(
                        path,
                        "{\"usageId\":\"u0\",\"amount\":1,\"reason\":\" \"}",
                        "reason",
                        REASON));
        all.add(
                new Bad(
                        path,
                        "{\"usageId\":\"u0\",\"amount\":1,\"reason\":\"a\",\"model\":\"m\"}",
                        "model",
                        UNKNOWN_FIELD));
    }

    private static void bulkActions(List<Bad> all) {
        String path = "/v1/tokens/bulk";
        String ids = "\"ids\":[\"$token\"]";
        notAnObject(all, path);
        all.add(new Bad(path, "{" + ids + "}", "action", REQUIRED));
        String action = "must be enable, disable or delete";
        all.add(new Bad(path, "{\"action\":\"rename\"," + ids + "}", "action", action));
        all.add(new Bad(path, "{\"action\":\"DELETE\"," + ids + "}", "action", action));
        all.add(new Bad(path, "{\"action\":\"delete\"}", "ids", REQUIRED));
        String some = "must have 1 to 1000 tokens";
        all.add(new Bad(path, "{\"action\":\"delete\",\"ids\":[]}", "ids", some));
        all.add(
                new Bad(
                        path,
                        "{\"action\":\"delete\",\"ids\":["
                                + "\"$token\",".repeat(1_000)
                                + "\"$token\"]}",
                        "ids",
                        some));
        all.add(
                new Bad(
                        path,
                        "{\"action\":\"delete\",\"ids\":[\"$token\",\"tok_1\"]}",
                        "ids[1]",
                        TOKEN_ID));
        all.add(
                new Bad(
                        path,
                        "{\"action\":\"delete\",\"ids\":[\"$token\",null]}",
                        "ids[1]",
                        REQUIRED));
        all.add(
                new Bad(
                        path,
                        "{\"action\":\"delete\"," + ids + ",\"reason\":\"leaked\"}",
                        "reason",
                        "is for disabling only"));
        all.add(
                new Bad(
                        path,
                        "{\"action\":\"disable\"," + ids + ",\"reason\":\"\"}",
                        "reason",
                        REASON));
    }

    private static void adjustments(List<Bad> all) {
        String path = "/v1/accounts/$account/adjustments";
        notAnObject(all, path);
        String up = "must be 1 to 500000000000000 units, up or down";
        for (String amount : List.of("0", "500000000000001", "-500000000000001")) {
            all.add(new Bad(path, "{\"amount\":" + amount + ",\"reason\":\"a\"}", "amount", up));
        }
        all.add(new Bad(path, "{\"amount\":1.5,\"reason\":\"a\"}", "amount", WHOLE_NUMBER));
        all.add(new Bad(path, "{\"reason\":\"a\"}", "amount", REQUIRED));
        all.add(new Bad(path, "{\"amount\":1}", "reason", REQUIRED));
        all.add(new Bad(path, "{\"amount\":1,\"reason\":\"\"}", "reason", REASON));
        all.add(
                new Bad(
                        path,
                        "{\"amount\":1,\"reason\":\"" + "x".repeat(201) + "\"}",
                        "reason",
                        REASON));
        String suspend = "/v1/accounts/$account/suspend";
        all.add(new Bad(suspend, "{\"reason\":\"\"}", "reason", REASON));
        all.add(new Bad(suspend, "{\"reason\":7}", "reason", "must be a text"));
        all.add(new Bad(suspend, "{\"until\":7}", "until", UNKNOWN_FIELD));
        all.add(new Bad(suspend, "[]", "body", ONE_OBJECT));
    }

    private static void catalog(List<Bad> all) {
        for (String body : List.of("", "[]", "null", "{")) {
            all.add(new Bad("PUT", "/v1/groups/vip", body, "body", ONE_OBJECT));
            all.add(new Bad("PUT", "/v1/catalog", body, "body", ONE_OBJECT));
        }
        all.add(new Bad("PUT", "/v1/groups/vip", "{}", "displayName", REQUIRED));
        all.add(new Bad("PUT", "/v1/groups/vip", "{\"displayName\":\"\"}", "displayName", NAME));
        all.add(
                new Bad(
                        "PUT",
                        "/v1/groups/vip",
                        "{\"displayName\":\"a\",\"name\":\"b\"}",
                        "name",
                        UNKNOWN_FIELD));
        for (String name : List.of("-a", "a%20b", "x".repeat(65))) {
            String path = "/v1/groups/" + name;
            all.add(new Bad("PUT", path, "{\"displayName\":\"a\"}", "name", GROUP));
            all.add(new Bad("DELETE", path, "", "name", GROUP));
        }
        for (String model : List.of("", "a%20b", "%C3%BC", "x".repeat(201))) {
            all.add(new Bad("PUT", "/v1/models/" + model, "", "model", MODEL));
            all.add(new Bad("DELETE", "/v1/models/" + model, "", "model", MODEL));
        }
        all.add(new Bad("PUT", "/v1/catalog", "{}", "closed", REQUIRED));
        all.add(new Bad("PUT", "/v1/catalog", "{\"closed\":1}", "closed", "must be true or false"));
        all.add(
                new Bad(
                        "PUT",
                        "/v1/catalog",
                        "{\"closed\":\"true\"}",
                        "closed",
                        "must be true or false"));
    }

    private static void notAnObject(List<Bad> all, String path) {
        for (String body :
                List.of(
                        "",
                        "[]",
                        "[{}]",
                        "null",
                        "7",
                        "\"text\"",
                        "{",
                        "{\"a\":}",
                        "{} {}",
                        "<a/>")) {
            all.add(new Bad(path, body, "body", ONE_OBJECT));
        }
    }

    private static void amounts(List<Bad> all, String path, String body) {
        all.add(new Bad(path, body.replace("\"amount\":%s,", ""), "amount", REQUIRED));
        all.add(new Bad(path, body.formatted("null"), "amount", REQUIRED));
        for (String amount :
                List.of(
                        "0",
                        "-1",
                        "500000000000001",
                        "9223372036854775807",
                        "-9223372036854775808")) {
            all.add(new Bad(path, body.formatted(amount), "amount", UNITS));
        }
        for (String amount :
                List.of(
                        "9223372036854775808",
                        "1e30",
                        "1e2",
                        "1.5",
                        "1.0",
                        "\"5\"",
                        "\"\"",
                        "true",
                        "[1]",
                        "{}")) {
            all.add(new Bad(path, body.formatted(amount), "amount", WHOLE_NUMBER));
        }
    }

    private static String token(String field, @Nullable String value) {
        StringBuilder body = new StringBuilder("{\"accountId\":\"$account\"");
        for (String required : List.of("name", "group")) {
            if (!required.equals(field)) {
                body.append(",\"").append(required).append("\":\"default\"");
            }
        }
        if (value != null) {
            body.append(",\"").append(field).append("\":").append(value);
        }
        return body.append('}').toString();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String refund(String usageId, long amount) {
        return "{\"usageId\":\"%s\",\"amount\":%d,\"reason\":\"mistake\"}"
                .formatted(usageId, amount);
    }

    private static String consumption(String amount) {
        return "{\"usageId\":\"u1\",\"amount\":" + amount + "}";
    }

    /** 400 with the one field and the rule it breaks, in a problem document. */
    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("badRequests")
    void aBadRequestIsAnsweredByFieldAndRule(Bad bad) throws Exception {
        int before = LedgerInstance.stored(database).size();
        Answer answer = service.call(bad.method, known(bad.path), known(bad.body));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
        assertProblem(answer, 400, "INVALID_REQUEST");
        assertThat(answer.text("detail")).isEqualTo(bad.field + " " + bad.rule);
        JsonNode errors = answer.json().get("errors");
        assertThat(errors.size()).isEqualTo(1);
        assertThat(errors.get(0).get("field").asString()).isEqualTo(bad.field);
        assertThat(errors.get(0).get("rule").asString()).isEqualTo(bad.rule);
        assertThat(LedgerInstance.stored(database)).hasSize(before);
    }

    static Stream<Impossible> impossibleRequests() {
        String of = "/v1/tokens/" + UNKNOWN_TOKEN;
        return Stream.of(
                new Impossible(
                        "/v1/accounts/" + UNKNOWN_ACCOUNT + "/credits",
                        "{\"amount\":1,\"reference\":\"a\"}",
                        404,
                        "ACCOUNT_NOT_FOUND"),
                new Impossible(
                        "/v1/tokens",
                        token("x", null).replace("$account", UNKNOWN_ACCOUNT),
                        404,
                        "ACCOUNT_NOT_FOUND"),
                new Impossible("/v1/tokens", token("group", "\"vip\""), 404, "GROUP_NOT_FOUND"),
                new Impossible(of + "/enable", "", 404, "TOKEN_NOT_FOUND"),
                new Impossible(of + "/disable", "", 404, "TOKEN_NOT_FOUND"),
                new Impossible(of + "/consumptions", consumption("1"), 404, "TOKEN_NOT_FOUND"),
                new Impossible("PATCH", of, "{\"name\":\"a\"}", 404, "TOKEN_NOT_FOUND"),
                new Impossible("PATCH", of, "{\"group\":\"vip\"}", 404, "TOKEN_NOT_FOUND"),
                new Impossible(
                        "PATCH",
                        "/v1/tokens/$token",
                        "{\"group\":\"vip\"}",
                        404,
                        "GROUP_NOT_FOUND"),
                new Impossible("DELETE", of, "", 404, "TOKEN_NOT_FOUND"),
                new Impossible(of + "/refunds", refund("u0", 1), 404, "TOKEN_NOT_FOUND"),
                new Impossible(
                        "/v1/tokens/$token/refunds", refund("u9", 1), 404, "USAGE_NOT_FOUND"),
                new Impossible(
                        "/v1/tokens/$token/refunds", refund("u0", 2), 409, "REFUND_EXCEEDS_USAGE"),
                new Impossible(
                        "/v1/accounts/" + UNKNOWN_ACCOUNT + "/adjustments",
                        "{\"amount\":-1,\"reason\":\"a\"}",
                        404,
                        "ACCOUNT_NOT_FOUND"),
                new Impossible(
                        "/v1/accounts/" + UNKNOWN_ACCOUNT + "/suspend",
                        "",
                        404,
                        "ACCOUNT_NOT_FOUND"),
                new Impossible(
                        "/v1/accounts/" + UNKNOWN_ACCOUNT + "/resume",
                        "",
                        404,
                        "ACCOUNT_NOT_FOUND"),
                new Impossible("DELETE", "/v1/groups/vip", "", 404, "GROUP_NOT_FOUND"),
                new Impossible("DELETE", "/v1/models/a/b", "", 404, "MODEL_NOT_LISTED"),
                new Impossible(
                        "/v1/tokens/$token/consumptions",
                        consumption("100"),
                        409,
                        "QUOTA_EXHAUSTED"),
                new Impossible(
                        "/v1/tokens/$token/consumptions",
                        "{\"usageId\":\"u0\",\"amount\":2}",
                        409,
                        "USAGE_ID_CONFLICT"),
                new Impossible(
                        "/v1/accounts/$account/credits",
                        "{\"amount\":6,\"reference\":\"inv-0\"}",
                        409,
                        "REFERENCE_CONFLICT"));
    }

    /** What is refused for the state it meets has a code of its own, and leaves no event. */
    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("impossibleRequests")
    void anImpossibleRequestIsRefusedByCode(Impossible impossible) throws Exception {
        int before = LedgerInstance.stored(database).size();
        Answer answer =
                service.call(impossible.method, known(impossible.path), known(impossible.body));
        assertProblem(answer, impossible.status, impossible.code);
        assertThat(answer.json().has("errors")).isFalse();
        assertThat(LedgerInstance.stored(database)).hasSize(before);
    }

    /** A bulk is checked whole before any of it is sent; then each item stands for itself. */
    @Test
    void inABulkEachItemIsRefusedByItself() throws Exception {
        int before = LedgerInstance.stored(database).size();
        String body =
                """
                [{"tokenId":"$token","usageId":"b1","amount":1},
                 {"tokenId":"%s","usageId":"b1","amount":1},
                 {"tokenId":"$token","usageId":"b1","amount":2},
                 {"tokenId":"$token","usageId":"b2","amount":1000}]
                """
                        .formatted(UNKNOWN_TOKEN);
        Answer answer = service.post("/v1/consumptions", known(body));
        assertThat(answer.status()).isEqualTo(200);
        List<String> codes = new ArrayList<>();
        answer.json().get("items").forEach(item -> codes.add(item.path("code").asString("-")));
        assertThat(codes)
                .containsExactly("-", "TOKEN_NOT_FOUND", "USAGE_ID_CONFLICT", "QUOTA_EXHAUSTED");
        assertThat(LedgerInstance.stored(database)).hasSize(before + 1);
    }

    /** A field that comes twice is not guessed at. */
    @Test
    void aRepeatedFieldIsRefused() throws Exception {
        int before = LedgerInstance.stored(database).size();
        Answer answer = service.post("/v1/accounts", "{\"name\":\"a\",\"name\":\"b\"}");
        assertProblem(answer, 400, "INVALID_REQUEST");
        assertThat(LedgerInstance.stored(database)).hasSize(before);
    }

    /** What is no matter of fields is a problem document too. */
    @Test
    void whatIsNotJsonOrNotThereIsAProblem() throws Exception {
        assertProblem(
                service.send(
                        service.request("/v1/accounts")
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}"))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        assertProblem(service.get("/v1/accounts"), 405, "METHOD_NOT_ALLOWED");
        assertProblem(service.post("/v1/nothing", "{}"), 404, "NOT_FOUND");
        assertProblem(service.get("/actuator/env"), 404, "NOT_FOUND");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("type"))
                .isEqualTo(
                        "urn:tokaify:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-'));
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.text("detail")).isNotBlank();
    }

    /** Puts the ids of what there is in their places. */
    private static String known(String text) {
        return text.replace("$account", account).replace("$token", token);
    }
}
