package com.tokaify.ledger.query;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.account.AccountList;
import com.tokaify.ledger.query.account.AccountTable;
import com.tokaify.ledger.query.account.StatementTable;
import com.tokaify.ledger.query.books.BookTables;
import com.tokaify.ledger.query.books.BooksProjection;
import com.tokaify.ledger.query.catalog.CatalogProjection;
import com.tokaify.ledger.query.catalog.CatalogTable;
import com.tokaify.ledger.query.token.TokenList;
import com.tokaify.ledger.query.token.TokenTable;
import com.tokaify.ledger.query.usage.UsageSettings;
import com.tokaify.ledger.query.usage.UsageTable;
import java.time.InstantSource;
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
    BookTables bookTables(JdbcClient jdbc, UsageSettings usage) {
        return BookTables.of(jdbc, usage);
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
    TokenList tokenList(JdbcClient jdbc) {
        return new TokenList(jdbc);
    }

    @Bean
    AccountList accountList(JdbcClient jdbc) {
        return new AccountList(jdbc);
    }

    @Bean
    CatalogTable catalogTable(JdbcClient jdbc) {
        return new CatalogTable(jdbc);
    }

    @Bean
    BooksProjection booksProjection(BookTables tables) {
        return new BooksProjection(tables);
    }

    @Bean
    CatalogProjection catalogProjection(CatalogTable catalog) {
        return new CatalogProjection(catalog);
    }
}
