package com.tokaify.ledger.query;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.account.AccountMoment;
import com.tokaify.ledger.query.account.AccountTable;
import com.tokaify.ledger.query.books.BooksProjection;
import com.tokaify.ledger.query.catalog.CatalogProjection;
import com.tokaify.ledger.query.catalog.CatalogTable;
import com.tokaify.ledger.query.history.History;
import com.tokaify.ledger.query.history.HistoryProjection;
import com.tokaify.ledger.query.history.HistorySettings;
import com.tokaify.ledger.query.past.PastStates;
import com.tokaify.ledger.query.token.TokenState;
import com.tokaify.ledger.query.token.TokenTable;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

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

    @Bean
    BooksProjection booksProjection(TokenTable tokens, AccountTable accounts) {
        return new BooksProjection(tokens, accounts);
    }

    @Bean
    CatalogProjection catalogProjection(CatalogTable catalog) {
        return new CatalogProjection(catalog);
    }

    @Bean
    HistoryProjection historyProjection(DataSource dataSource, HistorySettings settings) {
        return new HistoryProjection(dataSource, settings);
    }

    @Bean
    History history(DataSource dataSource, PlatformTransactionManager transactions) {
        return new History(dataSource, transactions);
    }

    @Bean
    PastStates<TokenId, TokenState> pastTokens(History history) {
        return history::token;
    }

    @Bean
    PastStates<AccountId, AccountMoment> pastAccounts(History history) {
        return history::account;
    }
}
