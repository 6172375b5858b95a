package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.Expression.Selector;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What a running ledger tells those who watch it, and whether dashboard and alerts ask for that.
 */
@ExtendWith(SharedLedger.class)
class MetricsIT {
    private static final Path OPS = ComposeFile.TOP.resolve("ops");
    private static final String ENDPOINT = "/actuator/prometheus";
    private static final Duration SOON = Duration.ofSeconds(60);

    /** By the names prometheus.yml has for them. */
    private static final Map<String, LedgerPort> JOBS =
            Map.of(
                    "command", LedgerPort.COMMAND,
                    "query", LedgerPort.QUERY,
                    "enforcement", LedgerPort.ENFORCEMENT,
                    "console", LedgerPort.CONSOLE);

    /** Labels that Prometheus itself gives every sample. */
    private static final Set<String> PROMETHEUS_LABELS = Set.of("job", "instance");

    private final RunningLedger ledger;

    MetricsIT(RunningLedger ledger) {
        this.ledger = ledger;
    }

    private Exposition told(String job) throws IOException, InterruptedException {
        return Exposition.of(ledger.client().text(Objects.requireNonNull(JOBS.get(job)), ENDPOINT));
    }

    private Map<String, Exposition> everything() throws IOException, InterruptedException {
        Map<String, Exposition> all = new LinkedHashMap<>();
        for (String job : JOBS.keySet()) {
            all.put(job, told(job));
        }
        return all;
    }

    /** A dashboard that asks for what nobody tells shows nothing, and an alert never comes. */
    @Test
    void whatDashboardsAndAlertsAskForIsTold() throws Exception {
        useEverythingOnce();
        List<String> expressions = new ArrayList<>(alerts());
        expressions.addAll(dashboard());
        assertThat(expressions).hasSizeGreaterThan(30);
        // Some things are told of once they have happened, behind the calls that led to them.
        Await.until(SOON, "everything is told", () -> untold(expressions), List::isEmpty);
    }

    private List<String> untold(List<String> expressions) throws Exception {
        Map<String, Exposition> told = everything();
        List<String> untold = new ArrayList<>();
        for (String text : expressions) {
            Expression expression = Expression.of(text);
            assertThat(expression.asked()).as(text).isNotEmpty();
            for (Selector selector : expression.asked()) {
                if (!selector.metric().equals("up")
                        && told.entrySet().stream()
                                .noneMatch(answers(selector, expression.groupings()))) {
                    untold.add(selector + " in " + text);
                }
            }
        }
        return untold;
    }

    private static Predicate<Map.Entry<String, Exposition>> answers(
            Selector selector, Set<String> groupings) {
        return told -> {
            List<String> jobs = selector.labels().getOrDefault("job", List.of(told.getKey()));
            Map<String, Set<String>> labels = told.getValue().values().get(selector.metric());
            return jobs.contains(told.getKey())
                    && labels != null
                    && groupings.stream()
                            .allMatch(label ->
                                    PROMETHEUS_LABELS.contains(label) || labels.containsKey(label))
                    && selector.labels().entrySet().stream()
                            .filter(label -> !PROMETHEUS_LABELS.contains(label.getKey()))
                            .allMatch(label ->
                                    labels.getOrDefault(label.getKey(), Set.of())
                                            .containsAll(label.getValue()));
        };
    }

    /** Some metrics are there once something was measured. */
    private void useEverythingOnce() throws Exception {
        LedgerClient client = ledger.client();
        String account = client.accountWith(100);
        String position = client.createToken(account, "").position();
        Await.until(
                SOON,
                "the view has the token",
                () -> client.get(LedgerPort.QUERY, "/v1/tokens", position),
                answer -> answer.status() == 200);
        assertThat(client.text(LedgerPort.CONSOLE, "/api/settings")).contains("apiUrl");
        Await.until(
                SOON,
                "the console has counted a request",
                () -> told("console"),
                told -> told.values().containsKey("http_server_requests_seconds_count"));
    }

    private static List<String> alerts() {
        JsonNode file = YAMLMapper.builder().build().readTree(OPS.resolve("prometheus/alerts.yml"));
        List<String> expressions = new ArrayList<>();
        for (JsonNode group : file.path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                expressions.add(rule.path("expr").asString());
            }
        }
        return expressions;
    }

    private static List<String> dashboard() {
        JsonNode file = JsonMapper.shared().readTree(OPS.resolve("grafana/dashboards/ledger.json"));
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : file.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(target.path("expr").asString());
            }
        }
        return expressions;
    }

    /** A command is counted by how it ended, and with it its transaction. */
    @Test
    void commandsAreCountedByHowTheyEnded() throws Exception {
        LedgerClient client = ledger.client();
        String token =
                client.createToken(client.accountWith(100), ",\"quotaLimit\":10").text("tokenId");
        String path = "/v1/tokens/" + token + "/consumptions";
        Exposition before = told("command");
        client.post(LedgerPort.COMMAND, path, "{\"usageId\":\"m-1\",\"amount\":4}");
        client.post(LedgerPort.COMMAND, path, "{\"usageId\":\"m-2\",\"amount\":7}");
        Exposition after = told("command");

        String exhausted = "ledger_commands_total{outcome=\"QUOTA_EXHAUSTED\"}";
        assertThat(after.value(exhausted)).isEqualTo(before.value(exhausted) + 1);
        String committed = "ledger_commands_total{outcome=\"COMMITTED\"}";
        assertThat(after.value(committed)).isGreaterThan(before.value(committed));
        assertThat(after.value("ledger_commit_seconds_count"))
                .isGreaterThan(before.value("ledger_commit_seconds_count"));
        assertThat(after.value("ledger_commit_events_sum"))
                .isGreaterThan(before.value("ledger_commit_events_sum"));
    }

    /** Usage a gateway reports is counted once it is booked, by the one instance that relays. */
    @Test
    void usageIsCountedWhenItIsBooked() throws Exception {
        LedgerClient client = ledger.client();
        String token = client.createToken(client.accountWith(100), "").text("tokenId");
        Exposition before = told("command");
        assertThat(before.value("ledger_open")).isEqualTo(1);
        assertThat(before.value("ledger_relay_leading")).isEqualTo(1);
        Await.until(
                SOON,
                "the guard has heard of the token",
                () -> client.report(token, "m-3", 5).status(),
                status -> status == 202);
        Await.until(
                SOON,
                "the report is counted",
                () -> told("command"),
                told ->
                        told.value("ledger_usage_reports_total")
                                > before.value("ledger_usage_reports_total"));
        Await.until(
                SOON,
                "Kafka has everything",
                () -> told("command"),
                told ->
                        told.value("ledger_relay_behind") == 0
                                && told.value("ledger_relay_age_seconds") < 5);
    }

    /** Who may not read the ledger may not read how busy it is. */
    @Test
    void strangersAreToldNothing() throws Exception {
        try (HttpClient stranger = HttpClient.newHttpClient()) {
            for (LedgerPort service : JOBS.values()) {
                URI address =
                        URI.create("http://127.0.0.1:" + ledger.ports().get(service) + ENDPOINT);
                HttpResponse<String> answer =
                        stranger.send(
                                HttpRequest.newBuilder(address).build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(service.toString()).isEqualTo(401);
                assertThat(answer.body()).doesNotContain("ledger_");
            }
        }
    }

    /** What a container asks itself with understands a real service. */
    @Test
    void containersAskAsTheServicesAnswer() throws Exception {
        for (LedgerPort service : JOBS.values()) {
            assertThat(ReadyScriptTest.saysReady(ledger.ports().getOrDefault(service, 0)))
                    .as(service.toString())
                    .isTrue();
        }
    }
}
