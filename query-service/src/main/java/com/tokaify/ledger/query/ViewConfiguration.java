package com.tokaify.ledger.query;

import com.tokaify.ledger.query.account.AccountTable;
import com.tokaify.ledger.query.books.BooksProjection;
import com.tokaify.ledger.query.catalog.CatalogProjection;
import com.tokaify.ledger.query.catalog.CatalogTable;
import com.tokaify.ledger.query.projection.ViewSet;
import com.tokaify.ledger.query.token.TokenTable;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The views there are: their tables and the projections that keep them. */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    TokenTable tokenTable(JdbcClient jdbc) {
        return new TokenTable(jdbc);
    }

    @Bean
    AccountTable accountTable(JdbcClient jdbc) {
        return new AccountTable(jdbc);
    }

    @Bean
    CatalogTable catalogTable(JdbcClient jdbc) {
        return new CatalogTable(jdbc);
    }

    /** Every projection is made here, once for the live views and once for each rebuild. */
    @Bean
    ViewSet viewSet() {
        return source -> {
            JdbcClient jdbc = JdbcClient.create(source);
            return List.of(
                    new BooksProjection(new TokenTable(jdbc), new AccountTable(jdbc)),
                    new CatalogProjection(new CatalogTable(jdbc)));
        };
    }
}
