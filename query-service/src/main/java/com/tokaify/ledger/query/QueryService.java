package com.tokaify.ledger.query;

import com.tokaify.ledger.service.ServiceKit;
import com.tokaify.ledger.service.trace.TracedRequests;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/**
 * Answers what tokens and accounts are. Follows {@code ledger.events} into its own PostgreSQL
 * database and serves that; everything in it can be thrown away and rebuilt from the stream.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({ServiceKit.class, TracedRequests.class})
public class QueryService {

    public static void main(String[] arguments) {
        SpringApplication.run(QueryService.class, arguments);
    }
}
