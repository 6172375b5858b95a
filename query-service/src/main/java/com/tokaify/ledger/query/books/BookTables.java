package com.tokaify.ledger.query.books;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.account.AccountTable;
import com.tokaify.ledger.query.account.StatementTable;
import com.tokaify.ledger.query.token.TokenTable;
import com.tokaify.ledger.query.token.TokenUseTable;
import com.tokaify.ledger.query.usage.UsageSettings;
import com.tokaify.ledger.query.usage.UsageTable;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables the books are kept in. */
public record BookTables(
        TokenTable tokens,
        TokenUseTable uses,
        AccountTable accounts,
        StatementTable statements,
        UsageTable<TokenId> usageOfTokens,
        UsageTable<AccountId> usageOfAccounts) {

    /** All of them in the schema of these connections. */
    public static BookTables of(DataSource source, UsageSettings usage) {
        return new BookTables(
                new TokenTable(source),
                new TokenUseTable(source),
                new AccountTable(JdbcClient.create(source)),
                new StatementTable(source),
                UsageTable.ofTokens(source, usage),
                UsageTable.ofAccounts(source));
    }
}
