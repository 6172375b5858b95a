package com.tokaify.ledger.benchmarks.enforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.enforcement.http.Answers;
import com.tokaify.ledger.enforcement.http.Endpoint;
import com.tokaify.ledger.enforcement.http.EndpointServlet;
import com.tokaify.ledger.enforcement.http.RequestBody;
import com.tokaify.ledger.service.ServiceKit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;

/**
 * The same server as enforcement-service's, with its settings and its servlets, that reads a
 * request and gives an answer of the usual length without deciding anything: what HTTP allows at
 * most.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import(ServiceKit.class)
public class NoOpCheckServer {
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final byte[] ANSWER =
            """
            {"valid":true,"code":"OK","message":"The token may be used.","tokenId":"tok_0123456789abcdefghijkl",\
            "accountId":"acc_0123456789abcdefghijkl","group":"default","secret":"current","remaining":1000000000000,\
            "expiresAt":"2030-01-01T00:00:00Z","position":"17:1234567"}\
            """
                    .getBytes(UTF_8);

    public static void main(String[] arguments) {
        SpringApplication.run(NoOpCheckServer.class, arguments);
    }

    @Bean
    ServletRegistrationBean<EndpointServlet> noOp() {
        Endpoint endpoint =
                (request, response) -> {
                    if ("POST".equals(request.getMethod())) {
                        RequestBody.read(request, MAX_BODY_BYTES);
                    }
                    Answers.json(response, HttpStatus.OK, ANSWER);
                };
        return new ServletRegistrationBean<>(
                EndpointServlet.ofAnyMethod(endpoint), "/v1/verify", "/authz");
    }
}
