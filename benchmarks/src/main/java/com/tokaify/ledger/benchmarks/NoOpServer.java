package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.service.ServiceKit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * A server as command-service is one, with the same settings and what services share at the edge,
 * whose only endpoint takes the request of a consumption, decides nothing, and gives the answer of
 * one: what HTTP allows at most.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import({ServiceKit.class, NoOpServer.NoOpController.class})
public class NoOpServer {

    public static void main(String[] arguments) {
        SpringApplication.run(NoOpServer.class, arguments);
    }

    record ConsumeRequest(
            @Nullable String usageId, @Nullable Long amount, @Nullable String model) {}

    record Consumption(
            TokenId tokenId,
            @Nullable String usageId,
            @Nullable Long amount,
            long total,
            @Nullable Long remaining) {}

    @RestController
    static final class NoOpController {
        @PostMapping("/v1/tokens/{tokenId}/consumptions")
        ResponseEntity<Consumption> consume(
                @PathVariable TokenId tokenId, @RequestBody ConsumeRequest body) {
            return ResponseEntity.status(HttpStatus.CREATED)
                    .header(Position.HEADER, "17:1234567")
                    .eTag("\"4711\"")
                    .body(
                            new Consumption(
                                    tokenId,
                                    body.usageId(),
                                    body.amount(),
                                    50_000_000,
                                    1_000_000L));
        }
    }
}
