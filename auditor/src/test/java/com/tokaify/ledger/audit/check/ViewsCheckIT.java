package com.tokaify.ledger.audit.check;

import static com.tokaify.ledger.audit.finding.FindingKind.BALANCE_DIFFERS;
import static com.tokaify.ledger.audit.finding.FindingKind.VIEW_DIFFERS;
import static com.tokaify.ledger.audit.finding.FindingKind.VIEW_MISSING;
import static com.tokaify.ledger.audit.finding.FindingKind.VIEW_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tokaify.ledger.audit.finding.Finding;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.Story;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Views on real PostgreSQL, by query-service's own migrations: right, and wrong in every way. */
class ViewsCheckIT {
    private static final Path MIGRATIONS =
            Path.of("..", "query-service", "src", "main", "resources", "db", "migration");

    /** Where the views stand; what comes behind they do not know yet. */
    private static final int MARK = 6;

    private static final Story STORY =
            Story.ofToken(1_000L)
                    .then(new GroupDefined("default", "Standard"))
                    .then(new BalanceCredited(500, "invoice 1"))
                    .used("a", 5, 5)
                    .then(new TokenRenamed("renamed"))
                    .used("b", 7, 12)
                    .then(new BalanceCredited(1, "invoice 2"))
                    .then(new GroupDefined("default", "Changed"));

    private static final String VIEWS =
            """
            truncate token, account, account_totals, catalog_group, catalog_model, projection_position;
            insert into token
                (token_id, account_id, name, group_name, quota_limit, mask, enabled, expired, deleted, total_consumed,
                 total_before, last_used_at, created_at, changed_at, sequence)
            values ('%1$s', '%2$s', 'renamed', 'default', 1000, 'sk-tkfA**********wxyz', true, false, false, 5, 0,
                    '2026-11-30T08:00:04Z', '2026-11-30T08:00:01Z', '2026-11-30T08:00:05Z', 2);
            insert into account values ('%2$s', 'Acme', false, '2026-11-30T08:00:00Z', 1);
            insert into account_totals values ('%2$s', 500, 0, 5);
            insert into catalog_group values ('default', 'Standard', false);
            insert into projection_position values ('books', 0, %3$d, 0), ('catalog', 0, %3$d, 0), ('history', 0, 9, 0);
            """
                    .formatted(Story.TOKEN.uuid(), Story.ACCOUNT.uuid(), MARK);

    private static QueryDatabase database;

    @BeforeAll
    static void migrate() throws Exception {
        database = LedgerInfrastructure.get().newQueryDatabase();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("set role query_service");
            statement.execute("create schema read");
            statement.execute("set search_path = read");
            try (Stream<Path> files = Files.list(MIGRATIONS)) {
                for (Path migration :
                        files.sorted(Comparator.comparingInt(ViewsCheckIT::version)).toList()) {
                    statement.execute(Files.readString(migration));
                }
            }
        }
    }

    private static int version(Path migration) {
        String name = migration.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    @BeforeEach
    void fill() throws SQLException {
        run(VIEWS);
    }

    private static void run(String statements) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = read");
            statement.execute(statements);
        }
    }

    private static List<Finding> audit() throws SQLException {
        Findings findings = new Findings();
        try (ViewsCheck views =
                ViewsCheck.open(
                        DriverManager.getConnection(
                                database.jdbcUrl(),
                                "ledger_auditor",
                                database.auditorPassword()))) {
            BooksCheck books = new BooksCheck(views::mark);
            PartitionCheck check = books.of(0, findings);
            STORY.events().forEach(check::see);
            views.compare(books.atMark(), findings);
        }
        return findings.first();
    }

    /** Right as far as they have come: what they do not know yet is not held against them. */
    @Test
    void viewsThatAreBehindAreRight() throws SQLException {
        assertThat(audit()).isEmpty();
    }

    static Stream<Arguments> alterations() {
        String token = Story.TOKEN.toString();
        String account = Story.ACCOUNT.toString();
        return Stream.of(
                arguments(
                        "update token set name = 'ci'",
                        VIEW_DIFFERS,
                        token,
                        "name is \"ci\" in the view and \"renamed\" by the events"),
                arguments(
                        "update token set quota_limit = null",
                        VIEW_DIFFERS,
                        token,
                        "quotaLimit is - in the view and 1000 by the events"),
                arguments(
                        "update token set total_consumed = 12",
                        VIEW_DIFFERS,
                        token,
                        "totalConsumed is 12 in the view and 5 by the events"),
                arguments(
                        "update token set model_quotas = '{gpt-4o}', model_quota_limits = '{5}', model_quota_consumed = '{0}'",
                        VIEW_DIFFERS, token, "modelQuotas is [{"),
                arguments("delete from token", VIEW_MISSING, token, "no such token"),
                arguments(
                        "update account set suspended = true",
                        VIEW_DIFFERS,
                        account,
                        "suspended is true in the view and false by the events"),
                arguments("delete from account", VIEW_MISSING, account, "no such account"),
                arguments(
                        "update account_totals set consumed = 4",
                        BALANCE_DIFFERS,
                        account,
                        "the view has a balance of 496 (500 credited, 0 adjusted, 4 consumed), the events 495"),
                arguments("delete from account_totals", BALANCE_DIFFERS, account, "a balance of 0"),
                arguments(
                        "update catalog_group set retired = true",
                        VIEW_DIFFERS,
                        "catalog",
                        "groups is"),
                arguments(
                        "insert into catalog_model values ('gpt-4o', false)",
                        VIEW_DIFFERS,
                        "catalog",
                        "models is"));
    }

    @ParameterizedTest
    @MethodSource("alterations")
    void eachAlterationHasItsFinding(String alteration, FindingKind kind, String where, String what)
            throws SQLException {
        run(alteration);

        List<Finding> findings = audit();

        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().kind()).isEqualTo(kind);
        assertThat(findings.getFirst().where()).isEqualTo(where);
        assertThat(findings.getFirst().what()).contains(what);
    }

    /** Rows no event speaks of are as wrong as rows that are missing. */
    @Test
    void whatNoEventMadeIsFound() throws SQLException {
        run("update token set token_id = '01930000-0000-7000-8000-000000000009'");
        run("update account set account_id = '01930000-0000-7000-8000-000000000008'");

        assertThat(audit())
                .extracting(Finding::kind)
                .containsExactly(VIEW_UNKNOWN, VIEW_MISSING, VIEW_UNKNOWN, VIEW_MISSING);
    }
}
