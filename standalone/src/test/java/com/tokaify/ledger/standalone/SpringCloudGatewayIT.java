package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.LedgerPort.ENFORCEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.EchoServer;
import com.tokaify.ledger.testkit.GatewayProcess;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The recipe for Spring Cloud Gateway, compiled with nothing changed but the ledger's port, as the
 * filter of a real gateway between a caller and a service that notes what reaches it.
 */
@ExtendWith(SharedLedger.class)
class SpringCloudGatewayIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String RECIPE = "LedgerFilter.java";
    private static final String FILTER = "com.example.gateway.LedgerFilter";

    private final LedgerClient client;
    private final int ledgerPort;
    private final HttpClient caller = HttpClient.newHttpClient();
    private EchoServer models;

    @TempDir private Path folder;

    SpringCloudGatewayIT(RunningLedger ledger) {
        this.client = ledger.client();
        this.ledgerPort = ledger.ports().getOrDefault(ENFORCEMENT, 0);
    }

    /** A gateway as a user would write it: whatever Boot configures, and the routes. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Gateway {}

    @BeforeEach
    void modelsBehindIt() throws IOException {
        models = new EchoServer();
    }

    @AfterEach
    void stop() {
        caller.close();
        models.close();
    }

    /**
     * An allowed call is forwarded with whose it is and without its key; a refusal reaches the
     * caller with the ledger's own status and body, and no model.
     */
    @Test
    void theRecipeAsksTheLedger() throws Exception {
        Answer created = client.createToken(client.accountWith(1_000), ",\"quotaLimit\":100");
        String secret = created.text("secret");
        Await.until(
                SOON,
                "enforcement allows the token",
                () -> client.verify(secret, ""),
                answer -> answer.text("code").equals("OK"));
        try (ConfigurableApplicationContext gateway = start(ledgerPort)) {
            HttpResponse<String> allowed = call(gateway, "Bearer " + secret);
            assertThat(allowed.statusCode()).isEqualTo(200);
            assertThat(models.reached().remove())
                    .containsEntry("X-Token-Id", created.text("tokenId"))
                    .containsEntry("X-Token-Group", "default")
                    .containsEntry("X-Token-Remaining", "100")
                    .doesNotContainKey("Authorization");

            HttpResponse<String> refused = call(gateway, "Bearer sk-nobody-has-made-this");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
            assertThat(refused.body()).contains("\"code\":\"invalid_api_key\"");
            assertThat(models.reached()).isEmpty();
        }
    }

    /** Nobody passes while the ledger does not answer. */
    @Test
    void withoutTheLedgerNobodyPasses() throws Exception {
        try (ConfigurableApplicationContext gateway = start(LoopbackPort.free())) {
            assertThat(call(gateway, "Bearer sk-x").statusCode()).isEqualTo(503);
            assertThat(models.reached()).isEmpty();
        }
    }

    private ConfigurableApplicationContext start(int ledger) throws Exception {
        Class<?> filter = compiled(ledger);
        return new SpringApplicationBuilder(Gateway.class)
                .web(WebApplicationType.REACTIVE)
                .initializers(context -> ((GenericApplicationContext) context).registerBean(filter))
                .run(
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--spring.cloud.gateway.server.webflux.routes[0].id=models",
                        "--spring.cloud.gateway.server.webflux.routes[0].uri=http://127.0.0.1:"
                                + models.port(),
                        "--spring.cloud.gateway.server.webflux.routes[0].predicates[0]=Path=/**");
    }

    private Class<?> compiled(int ledger) throws Exception {
        Path source =
                Files.writeString(
                        Files.createTempDirectory(folder, "source").resolve(RECIPE),
                        GatewayProcess.recipe(RECIPE, ledger, models.port(), 0));
        Path classes = Files.createTempDirectory(folder, "classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter told = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiles =
                    compiler.getTask(
                                    told,
                                    files,
                                    null,
                                    List.of("-d", classes.toString(), "-proc:none"),
                                    null,
                                    files.getJavaFileObjects(source))
                            .call();
            assertThat(compiles).as(told.toString()).isTrue();
        }
        // As long as the context that is made of it.
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())
                .loadClass(FILTER);
    }

    private HttpResponse<String> call(ConfigurableApplicationContext gateway, String authorization)
            throws IOException, InterruptedException {
        String port = gateway.getEnvironment().getProperty("local.server.port");
        return caller.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/x?a=b"))
                        .header("Authorization", authorization)
                        .header("X-Token-Id", "tok_forged")
                        .timeout(SOON)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
