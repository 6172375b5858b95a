package com.tokaify.ledger.audit.check;

import static com.tokaify.ledger.audit.finding.FindingKind.CAP_EXCEEDED;
import static com.tokaify.ledger.audit.finding.FindingKind.EVENT_UNREADABLE;
import static com.tokaify.ledger.audit.finding.FindingKind.OVERRUN_UNFLAGGED;
import static com.tokaify.ledger.audit.finding.FindingKind.STATE_CONTRADICTED;
import static com.tokaify.ledger.audit.finding.FindingKind.TOTAL_DIFFERS;
import static com.tokaify.ledger.audit.finding.FindingKind.USAGE_TWICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tokaify.ledger.audit.finding.Finding;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.AccountSums;
import com.tokaify.ledger.audit.fold.Ledger;
import com.tokaify.ledger.audit.fold.Mark;
import com.tokaify.ledger.audit.fold.Story;
import com.tokaify.ledger.audit.fold.TokenState;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Books that balance say nothing; each way in which they do not has a finding of its own. */
class BooksCheckTest {
    private static final QuotaPeriod DAILY = new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC");

    private static QuotaRefunded refund(String usageId, long amount, long totalAfter) {
        return new QuotaRefunded(usageId, amount, "gpt-4o", "wrong answer", true, totalAfter);
    }

    private static List<Finding> audit(Story story) {
        Findings findings = new Findings();
        PartitionCheck books = new BooksCheck().of(0, findings);
        story.events().forEach(books::see);
        books.end();
        return findings.first();
    }

    /** All that can happen, and nothing that cannot. */
    @Test
    void whatTheLedgerDoesIsInOrder() {
        Story story =
                Story.ofToken(100L)
                        .then(new BalanceCredited(1_000, "invoice 1"))
                        .then(new ModelQuotasChanged(List.of(new ModelQuota("gpt-4o", 60))))
                        .used("a", 50, 50)
                        .overrun("b", 30, 80)
                        .then(new ModelQuotaExhausted("gpt-4o", 80, 60))
                        .then(refund("a", 20, 60))
                        .then(new QuotaPeriodChanged(DAILY))
                        .then(
                                new QuotaPeriodStarted(
                                        DAILY.at(Story.BEGAN).startsAt(),
                                        DAILY.at(Story.BEGAN).endsAt(),
                                        60))
                        .then(new ModelQuotasChanged(null))
                        .used("c", 100, 160)
                        .then(new QuotaExhausted(100, 100))
                        .overrun("d", 1, 161)
                        .then(new TokenDeleted())
                        .used("e", 1000, 1161)
                        .then(refund("e", 1000, 161));

        assertThat(audit(story)).isEmpty();
    }

    static Stream<Arguments> disorders() {
        return Stream.of(
                arguments(TOTAL_DIFFERS, Story.ofToken().used("a", 5, 5).used("b", 5, 11)),
                arguments(TOTAL_DIFFERS, Story.ofToken().used("a", 5, 5).then(refund("a", 2, 2))),
                arguments(
                        TOTAL_DIFFERS,
                        Story.ofToken(5L).used("a", 5, 5).then(new QuotaExhausted(6, 5))),
                arguments(
                        TOTAL_DIFFERS,
                        Story.ofToken()
                                .then(new QuotaPeriodChanged(DAILY))
                                .then(
                                        new QuotaPeriodStarted(
                                                DAILY.at(Story.BEGAN).startsAt(),
                                                DAILY.at(Story.BEGAN).endsAt(),
                                                1))),
                arguments(
                        TOTAL_DIFFERS,
                        Story.ofToken()
                                .then(new ModelQuotasChanged(List.of(new ModelQuota("gpt-4o", 5))))
                                .overrun("a", 6, 6)
                                .then(new ModelQuotaExhausted("gpt-4o", 7, 5))),
                arguments(CAP_EXCEEDED, Story.ofToken(5L).request("req-1").used("a", 6, 6)),
                arguments(CAP_EXCEEDED, Story.ofToken(5L).request("req-1").overrun("a", 6, 6)),
                arguments(
                        CAP_EXCEEDED,
                        Story.ofToken()
                                .then(new ModelQuotasChanged(List.of(new ModelQuota("gpt-4o", 5))))
                                .request("req-1")
                                .used("a", 6, 6)),
                arguments(OVERRUN_UNFLAGGED, Story.ofToken(5L).used("a", 6, 6)),
                arguments(OVERRUN_UNFLAGGED, Story.ofToken(5L).overrun("a", 5, 5)),
                arguments(
                        OVERRUN_UNFLAGGED,
                        Story.ofToken(5L).then(new TokenDeleted()).overrun("a", 6, 6)),
                arguments(USAGE_TWICE, Story.ofToken().used("a", 5, 5).used("a", 5, 10)),
                arguments(
                        USAGE_TWICE,
                        Story.ofToken()
                                .used("a", 5, 5)
                                .then(refund("a", 2, 3))
                                .then(refund("a", 2, 1))),
                arguments(
                        USAGE_TWICE,
                        Story.ofToken()
                                .then(new BalanceCredited(5, "invoice 1"))
                                .then(new BalanceCredited(5, "invoice 1"))),
                arguments(
                        STATE_CONTRADICTED,
                        Story.ofToken().used("a", 5, 5).then(refund("b", 5, 0))),
                arguments(
                        STATE_CONTRADICTED,
                        Story.ofToken().used("a", 5, 5).used("b", 5, 10).then(refund("a", 6, 4))),
                arguments(STATE_CONTRADICTED, new Story().used("a", 5, 5)),
                arguments(STATE_CONTRADICTED, new Story().then(new AccountResumed())),
                arguments(STATE_CONTRADICTED, Story.ofToken().then(new AccountOpened("Acme"))),
                arguments(STATE_CONTRADICTED, Story.ofToken().then(new AccountResumed())),
                arguments(STATE_CONTRADICTED, Story.ofToken().then(new TokenEnabled())),
                arguments(STATE_CONTRADICTED, Story.ofToken().then(new TokenExpired(Story.BEGAN))),
                arguments(STATE_CONTRADICTED, Story.ofToken(5L).then(new QuotaExhausted(0, 5))),
                arguments(
                        STATE_CONTRADICTED,
                        Story.ofToken().then(new TokenDeleted()).then(new TokenRenamed("x"))),
                arguments(
                        STATE_CONTRADICTED,
                        Story.ofToken()
                                .then(new QuotaPeriodChanged(DAILY))
                                .then(
                                        new QuotaPeriodStarted(
                                                Story.BEGAN.minusSeconds(10),
                                                Story.BEGAN.plusSeconds(4),
                                                0))
                                .used("a", 5, 5)),
                arguments(STATE_CONTRADICTED, new Story().then(new GroupRetired("default"))),
                arguments(STATE_CONTRADICTED, new Story().then(new CatalogOpened())),
                arguments(
                        EVENT_UNREADABLE,
                        Story.ofToken().then(new TokenRenamed("x"), "{}".getBytes(UTF_8))));
    }

    /** Exactly one: what comes behind it is judged by what the ledger says, and not again. */
    @ParameterizedTest
    @MethodSource("disorders")
    void eachDisorderHasItsFinding(FindingKind kind, Story story) {
        String last = story.events().getLast().id();

        List<Finding> findings = audit(story);

        assertThat(findings).extracting(Finding::kind).containsExactly(kind);
        assertThat(findings.getFirst().where()).isEqualTo(last + " at 0:" + story.events().size());
    }

    /** Views are a little behind: what they are held against is the ledger as it was there. */
    @Test
    void theLedgerIsKnownAtTheMarkAndAtItsEnd() {
        Story story =
                Story.ofToken()
                        .then(new BalanceCredited(100, "invoice 1"))
                        .used("a", 5, 5)
                        .then(new TokenRenamed("renamed"))
                        .used("b", 7, 12)
                        .then(new BalanceCredited(1, "invoice 2"));
        Findings findings = new Findings();
        BooksCheck books = new BooksCheck(_ -> new Mark(4, 4));
        PartitionCheck check = books.of(0, findings);
        story.events().forEach(check::see);

        assertThat(findings.count()).isZero();
        assertThat(books.atMark().sums(Story.ACCOUNT.toString()))
                .isEqualTo(new AccountSums(100, 0, 5));
        assertThat(name(books.atMark())).isEqualTo("ci");
        assertThat(books.ledger().sums(Story.ACCOUNT.toString()))
                .isEqualTo(new AccountSums(101, 0, 12));
        assertThat(name(books.ledger())).isEqualTo("renamed");
    }

    private static String name(Ledger ledger) {
        TokenState state =
                ledger.tokens().getOrDefault(Story.TOKEN.toString(), new TokenState.Unborn());
        return state.known().orElseThrow().settings().name();
    }
}
