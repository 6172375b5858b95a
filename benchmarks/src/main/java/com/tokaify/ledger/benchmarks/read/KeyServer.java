package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.service.ServiceKit;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The floor: a server as query-service is one, with what services share at the edge and the same
 * driver and pool, whose only endpoint looks a row up by its key and gives four of its columns.
 * What HTTP and PostgreSQL take where there is nothing to be found out.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ServiceKit.class, KeyServer.KeyController.class})
public class KeyServer {

    public static void main(String[] arguments) {
        SpringApplication.run(KeyServer.class, arguments);
    }

    record Row(TokenId tokenId, String name, String mask, long totalConsumed) {}

    @RestController
    static final class KeyController {
        private final JdbcClient jdbc;

        KeyController(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @GetMapping("/v1/tokens/{id}")
        Row find(@PathVariable String id) {
            return jdbc.sql(
                            "SELECT token_id, name, mask, total_consumed FROM token WHERE token_id = :id")
                    .param("id", TokenId.parse(id).uuid())
                    .query((row, _) ->
                            new Row(
                                    new TokenId(row.getObject("token_id", UUID.class)),
                                    row.getString("name"),
                                    row.getString("mask"),
                                    row.getLong("total_consumed")))
                    .single();
        }
    }
}
