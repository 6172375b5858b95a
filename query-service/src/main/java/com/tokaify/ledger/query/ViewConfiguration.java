package com.tokaify.ledger.query;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.access.AskersDatabase;
import com.tokaify.ledger.query.account.AccountList;
import com.tokaify.ledger.query.account.AccountMoment;
import com.tokaify.ledger.query.account.AccountTable;
import com.tokaify.ledger.query.account.StatementTable;
import com.tokaify.ledger.query.books.BookTables;
import com.tokaify.ledger.query.books.BooksProjection;
import com.tokaify.ledger.query.catalog.CatalogProjection;
import com.tokaify.ledger.query.catalog.CatalogTable;
import com.tokaify.ledger.query.history.History;
import com.tokaify.ledger.query.history.HistoryProjection;
import com.tokaify.ledger.query.history.HistorySettings;
import com.tokaify.ledger.query.past.PastStates;
import com.tokaify.ledger.query.projection.ViewSet;
import com.tokaify.ledger.query.token.TokenList;
import com.tokaify.ledger.query.token.TokenState;
import com.tokaify.ledger.query.token.TokenTable;
import com.tokaify.ledger.query.usage.UsageSettings;
import com.tokaify.ledger.query.usage.UsageTable;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The views there are: their tables and the projections that keep them. */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    BookTables bookTables(AskersDatabase views, UsageSettings usage) {
        return BookTables.of(views.connections(), usage);
    }

    @Bean
    TokenTable tokenTable(BookTables books) {
        return books.tokens();
    }

    @Bean
    AccountTable accountTable(BookTables books) {
        return books.accounts();
    }

    @Bean
    StatementTable statementTable(BookTables books) {
        return books.statements();
    }

    @Bean
    UsageTable<TokenId> usageOfTokens(BookTables books) {
        return books.usageOfTokens();
    }

    @Bean
    UsageTable<AccountId> usageOfAccounts(BookTables books) {
        return books.usageOfAccounts();
    }

    @Bean
    TokenList tokenList(AskersDatabase views) {
        return new TokenList(views.connections());
    }

    @Bean
    AccountList accountList(AskersDatabase views) {
        return new AccountList(views.connections());
    }

    @Bean
    CatalogTable catalogTable(JdbcClient jdbc) {
        return new CatalogTable(jdbc);
    }

    /** Every projection is made here, once for the live views and once for each rebuild. */
    @Bean
    ViewSet viewSet(UsageSettings usage, HistorySettings history) {
        return source -> {
            JdbcClient jdbc = JdbcClient.create(source);
            return List.of(
                    new BooksProjection(BookTables.of(source, usage)),
                    new CatalogProjection(new CatalogTable(jdbc)),
                    new HistoryProjection(source, history));
        };
    }

    @Bean
    History history(AskersDatabase views) {
        return new History(views.connections());
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
