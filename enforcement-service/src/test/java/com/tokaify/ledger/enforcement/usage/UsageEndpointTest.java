package com.tokaify.ledger.enforcement.usage;

import static com.tokaify.ledger.enforcement.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestAccess;
import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.http.EndpointServlet;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.Face;
import com.tokaify.ledger.enforcement.rate.RateMeters;
import com.tokaify.ledger.enforcement.verify.VerifyEndpoint;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.testkit.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both hot endpoints on a Tomcat with one request thread, before a Kafka that acknowledges when the
 * test says so.
 */
class UsageEndpointTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String HASTY = "/hasty";
    private static final int PARTITIONS = 4;
    private static final int MAX_IN_FLIGHT = 2;
    private static final TokenId TOKEN = TestLedger.token(1);

    private final TestLedger ledger = new TestLedger(PARTITIONS);
    private final LocalView view = new LocalView(PARTITIONS);
    private final TokenSecret secret = TestLedger.newSecret();
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient gateway = HttpClient.newHttpClient();

    @BeforeEach
    void aServerWithOneRequestThread(@TempDir Path folder) throws Exception {
        Pepper pepper = TestLedger.pepper(folder);
        view.apply(ledger.record(TestLedger.account(1), new BalanceCredited(100, "invoice")));
        view.apply(
                ledger.record(
                        TOKEN,
                        TestLedger.created(
                                TestLedger.account(1), Restrictions.NONE, pepper.hash(secret))));
        view.become(new ViewStatus.Ready());
        InstantSource clock = InstantSource.fixed(NOW);
        UnitsInFlight units = new UnitsInFlight();
        Guard guard = new Guard(view, pepper, units, clock, RateMeters.system());
        PendingUsage pending =
                new PendingUsage(view, units, Duration.ofMinutes(1), System::nanoTime);
        view.tellBookedUsage(pending);
        UsageResolver resolver = new UsageResolver(view, guard);

        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", "1");
        connector.setProperty("minSpareThreads", "1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        serve(
                context,
                VerifyEndpoint.PATH,
                EndpointServlet.ofPost(
                        TestAccess.openDoor()
                                .before(
                                        new VerifyEndpoint(
                                                guard, new DecisionCounts().of(Face.VERIFY)))));
        // One waits for Kafka as long as a test may take, and one gives up soon.
        Map.of(UsageEndpoint.PATH, LIMIT, HASTY, Duration.ofSeconds(1))
                .forEach((path, timeout) -> {
                    UsageLog log = new UsageLog(kafka, new Partitioning(PARTITIONS), timeout);
                    serve(
                            context,
                            path,
                            EndpointServlet.ofPost(
                                    TestAccess.openDoor()
                                            .before(
                                                    new UsageEndpoint(
                                                            view,
                                                            resolver,
                                                            new RecordingRequests(
                                                                    pending, log, MAX_IN_FLIGHT),
                                                            clock))));
                });
        tomcat.start();
    }

    private static void serve(Context context, String path, EndpointServlet servlet) {
        Wrapper wrapper = Tomcat.addServlet(context, path, servlet);
        wrapper.setAsyncSupported(true);
        wrapper.addMapping(path);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        tomcat.stop();
        tomcat.destroy();
    }

    /** A gateway hears of success only once Kafka has its usage. */
    @Test
    void usageIsAcceptedOnlyAfterKafkaHasAcknowledgedIt() {
        CompletableFuture<HttpResponse<String>> answer = post(UsageEndpoint.PATH, usage("u1"));
        awaitSent(1);
        assertThat(answer).isNotDone();

        kafka.completeNext();

        assertThat(answer.join().statusCode()).isEqualTo(202);
        assertThat(answer.join().body()).isEqualTo("{\"accepted\":1}");
    }

    /** However many gateways wait for a Kafka that is away, checks are answered at once. */
    @Test
    void checksDoNotQueueBehindWaitingUsage() {
        CompletableFuture<HttpResponse<String>> first = post(UsageEndpoint.PATH, usage("u1"));
        CompletableFuture<HttpResponse<String>> second = post(UsageEndpoint.PATH, usage("u2"));
        awaitSent(2);

        String check = "{\"secret\":\"" + secret.reveal() + "\"}";
        assertThat(post(VerifyEndpoint.PATH, check).join().body()).contains("\"code\":\"OK\"");
        assertThat(first).isNotDone();

        HttpResponse<String> third = post(UsageEndpoint.PATH, usage("u3")).join();
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.body()).contains("USAGE_NOT_RECORDED");
        assertThat(first).as("turned away at once, not queued").isNotDone();

        kafka.completeNext();
        kafka.completeNext();
        assertThat(first.join().statusCode()).isEqualTo(202);
        assertThat(second.join().statusCode()).isEqualTo(202);
        CompletableFuture<HttpResponse<String>> fourth = post(UsageEndpoint.PATH, usage("u4"));
        awaitSent(3);
        kafka.completeNext();
        assertThat(fourth.join().statusCode()).as("there is room again").isEqualTo(202);
    }

    /** A Kafka that refuses or never answers is told within the time-out, as a problem to retry. */
    @Test
    void usageKafkaDoesNotTakeIsAnswered503() {
        CompletableFuture<HttpResponse<String>> refused = post(UsageEndpoint.PATH, usage("u1"));
        awaitSent(1);
        kafka.errorNext(new NotEnoughReplicasException("away"));
        assertNotRecorded(refused.join());

        assertNotRecorded(post(HASTY, usage("u2")).join()); // nobody completes it
    }

    private static void assertNotRecorded(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.body()).contains("USAGE_NOT_RECORDED").contains("same usageId");
    }

    /**
     * What is reported here counts at once, not when the stream brings it; then it counts there
     * alone.
     */
    @Test
    void reportedUsageCountsAtOnceAndOnce() {
        CompletableFuture<HttpResponse<String>> answer =
                post(UsageEndpoint.PATH, usage("u1").replace("5", "70"));
        awaitSent(1);
        assertThat(verify(31)).contains("BALANCE_INSUFFICIENT");
        assertThat(verify(30)).contains("\"OK\"");

        kafka.completeNext();
        assertThat(answer.join().statusCode()).isEqualTo(202);
        assertThat(verify(31)).contains("BALANCE_INSUFFICIENT");

        view.apply(ledger.record(TOKEN, new QuotaConsumed("u1", 70, null, 70, false)));
        assertThat(verify(31)).contains("BALANCE_INSUFFICIENT");
        assertThat(verify(30)).as("not twice").contains("\"OK\"");
    }

    private String verify(long amount) {
        return post(
                        VerifyEndpoint.PATH,
                        "{\"secret\":\"" + secret.reveal() + "\",\"amount\":" + amount + "}")
                .join()
                .body();
    }

    /** One bad item and nothing at all is sent, so that a gateway may simply correct and resend. */
    @Test
    void nothingIsSentWhereAnItemIsBad() {
        HttpResponse<String> invalid =
                post(
                                UsageEndpoint.PATH,
                                "[" + usage("u1") + "," + usage("u2").replace("5", "0") + "]")
                        .join();
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(invalid.body()).contains("[1].amount");

        HttpResponse<String> unknown =
                post(
                                UsageEndpoint.PATH,
                                "["
                                        + usage("u1")
                                        + ","
                                        + usage("u2")
                                                .replace(
                                                        TOKEN.toString(),
                                                        TestLedger.token(2).toString())
                                        + "]")
                        .join();
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("TOKEN_NOT_FOUND").contains("[1].tokenId");

        HttpResponse<String> twice =
                post(
                                UsageEndpoint.PATH,
                                "[" + usage("u1") + "," + usage("u1").replace("5", "6") + "]")
                        .join();
        assertThat(twice.statusCode()).isEqualTo(400);
        assertThat(twice.body()).contains("[1].usageId");

        assertThat(kafka.history()).isEmpty();
    }

    /** A body without end is refused, not kept in memory. */
    @Test
    void anOversizeBodyIsRefused() {
        String long64k = "{\"secret\":\"" + "x".repeat(64 * 1024) + "\"}";
        HttpResponse<String> answer = post(VerifyEndpoint.PATH, long64k).join();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("body must have at most 65536 bytes");
    }

    /** A view that is not ready cannot tell whose usage it is: the gateway tries again. */
    @Test
    void usageIsNotTakenWhileTheViewIsNotReady() {
        view.become(new ViewStatus.Stopped("a gap"));
        HttpResponse<String> answer = post(UsageEndpoint.PATH, usage("u1")).join();
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("VIEW_NOT_READY");
        assertThat(kafka.history()).isEmpty();
    }

    private static String usage(String usageId) {
        return "{\"tokenId\":\"" + TOKEN + "\",\"usageId\":\"" + usageId + "\",\"amount\":5}";
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
        return gateway.sendAsync(
                HttpRequest.newBuilder(uri)
                        .timeout(LIMIT)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void awaitSent(int count) {
        Await.until(LIMIT, count + " sent", () -> kafka.history().size(), n -> n == count);
    }
}
