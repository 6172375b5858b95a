package com.tokaify.ledger.enforcement.view;

import static com.tokaify.ledger.enforcement.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.PartitionCursor;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalViewTest {
    private static final int PARTITIONS = 4;
    private static final TokenId TOKEN = TestLedger.token(1);
    private static final AccountId ACCOUNT = TestLedger.account(1);
    private static final LookupHash FIRST = new LookupHash(1, 0, 0, 0);
    private static final LookupHash SECOND = new LookupHash(2, 0, 0, 0);
    private static final LookupHash THIRD = new LookupHash(3, 0, 0, 0);

    private static final List<Anchor> NO_ANCHORS = Collections.nCopies(PARTITIONS, Anchor.NONE);
    private static final QuotaPeriod DAILY = new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC");

    private final TestLedger ledger = new TestLedger(PARTITIONS);
    private final LocalView view = new LocalView(PARTITIONS);

    /**
     * Whatever the order between partitions, however often an event comes and wherever the instance
     * starts anew, from the beginning or from a snapshot that was cut at any moment and written at
     * any later one: the view is what a naive reading of the events that arrived says.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void theViewEqualsANaiveFoldOfTheSameEvents(long seed, @TempDir Path folder) throws Exception {
        SnapshotFolder snapshots = new SnapshotFolder(folder);
        Saved saved = null;
        RandomHistory history = new RandomHistory(seed, PARTITIONS, 400);
        Random random = new Random(seed);
        LocalView fresh = new LocalView(PARTITIONS);
        List<List<StoredEvent>> partitions = byPartition(history.events());
        int[] next = new int[PARTITIONS];
        int restarts = 6;
        Set<StoredEvent> arrived = new LinkedHashSet<>();
        while (arrived.size() < history.events().size()) {
            int partition = random.nextInt(PARTITIONS);
            if (next[partition] < partitions.get(partition).size()) {
                StoredEvent event = partitions.get(partition).get(next[partition]++);
                fresh.apply(event);
                arrived.add(event);
            }
            if (random.nextInt(20) == 0) {
                // Kafka delivers some again.
                next[partition] = Math.max(0, next[partition] - random.nextInt(10));
            }
            if (arrived.size() > 100 && restarts > 0 && random.nextInt(50) == 0) {
                // Killed, and started anew.
                fresh = new LocalView(PARTITIONS);
                restarts--;
                if (saved == null) {
                    next = new int[PARTITIONS];
                    arrived.clear();
                } else {
                    snapshots.write(saved.cut(), NO_ANCHORS);
                    fresh.restore(snapshots.newest(PARTITIONS).orElseThrow());
                    next = saved.next().clone();
                    arrived.retainAll(saved.arrived());
                }
            }
            if (random.nextInt(70) == 0) {
                saved = new Saved(fresh.cut(), next.clone(), Set.copyOf(arrived));
            }
            if (random.nextInt(50) == 0) {
                assertSame(fresh, arrived, history.hashes());
            }
        }
        assertSame(fresh, arrived, history.hashes());
        assertThat(fresh.eventsApplied()).isEqualTo(history.events().size());
    }

    /** What an instance would know after a restart. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Saved(ViewCut cut, int[] next, Set<StoredEvent> arrived) {}

    private static List<List<StoredEvent>> byPartition(List<StoredEvent> events) {
        List<List<StoredEvent>> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int wanted = partition;
            partitions.add(
                    events.stream()
                            .filter(event -> event.position().partition() == wanted)
                            .toList());
        }
        return partitions;
    }

    private static void assertSame(
            LocalView view, Set<StoredEvent> arrived, Set<LookupHash> hashes) {
        NaiveFold naive = new NaiveFold(arrived);
        for (int i = 0; i < RandomHistory.TOKENS; i++) {
            TokenId id = TestLedger.token(i);
            assertThat(view.find(id).map(TokenEntry::state)).isEqualTo(naive.token(id));
            view.find(id)
                    .map(TokenEntry::account)
                    .ifPresent(account ->
                            assertThat(account.state()).isEqualTo(naive.account(account.id())));
        }
        for (LookupHash hash : hashes) {
            Set<TokenId> owners = new LinkedHashSet<>();
            for (int i = 0; i < RandomHistory.TOKENS; i++) {
                TokenId id = TestLedger.token(i);
                naive.token(id)
                        .filter(token -> token.secrets().all().contains(LookupKey.of(hash)))
                        .ifPresent(_ -> owners.add(id));
            }
            assertThat(view.find(hash).map(TokenEntry::id).stream().toList())
                    .as("owners of %s", hash)
                    .containsExactlyElementsOf(owners);
        }
    }

    /**
     * A token's usage counts against its account also where the account's own events come later.
     */
    @Test
    void usageSeenBeforeItsAccountCountsAgainstIt() {
        view.apply(ledger.record(TOKEN, TestLedger.created(ACCOUNT, Restrictions.NONE, FIRST)));
        view.apply(ledger.record(TOKEN, new TokenEvent.QuotaConsumed("u", 30, null, 30, false)));

        view.apply(ledger.record(ACCOUNT, new AccountEvent.AccountOpened("Acme")));
        view.apply(ledger.record(ACCOUNT, new AccountEvent.BalanceCredited(100, "invoice")));

        assertThat(token().account().state().balance()).isEqualTo(70);
    }

    /** The secret before the newest lives until its grace ends, the one before that not at all. */
    @Test
    void neverMoreThanTwoSecretsOfATokenAreAccepted() {
        view.apply(ledger.record(TOKEN, TestLedger.created(ACCOUNT, Restrictions.NONE, FIRST)));
        view.apply(
                ledger.record(
                        TOKEN, new TokenEvent.SecretRotated(SECOND, "m", NOW.plusSeconds(60))));
        assertThat(view.find(FIRST)).contains(token());
        TokenState rotated = token().state();
        assertThat(rotated.accept(FIRST, NOW.plusSeconds(60).minusNanos(1)))
                .contains(UsedSecret.PREVIOUS);
        assertThat(rotated.accept(FIRST, NOW.plusSeconds(60))).isEmpty();
        assertThat(rotated.accept(SECOND, NOW.plusSeconds(60))).contains(UsedSecret.CURRENT);
        assertThat(rotated.accept(THIRD, NOW)).as("nobody's").isEmpty();
        assertThat(rotated.accept(new LookupHash(2, 1, 0, 0), NOW)).as("half of it").isEmpty();

        view.apply(
                ledger.record(
                        TOKEN, new TokenEvent.SecretRotated(THIRD, "m", NOW.plusSeconds(60))));

        assertThat(view.find(FIRST)).isEmpty();
        assertThat(view.find(SECOND)).contains(token());
        assertThat(view.find(THIRD)).contains(token());
    }

    /** A token's periods: what counts under its limit, event by event. */
    @Test
    void aPeriodCountsItsOwnUsageOnly() {
        happens(TestLedger.created(ACCOUNT, limited(100), FIRST));
        happens(new TokenEvent.QuotaConsumed("u1", 30, null, 30, false));
        happens(new TokenEvent.QuotaPeriodChanged(DAILY));
        assertThat(remaining()).as("until a period is begun").isEqualTo(70);

        happens(new TokenEvent.QuotaPeriodStarted(NOW, NOW.plusSeconds(60), 30));
        assertThat(remaining()).isEqualTo(100);

        happens(new TokenEvent.QuotaConsumed("u2", 50, null, 80, false));
        assertThat(remaining()).isEqualTo(50);
        happens(new TokenEvent.QuotaRefunded("u1", 30, null, "error", false, 50));
        assertThat(remaining()).as("refunds of earlier periods count in none").isEqualTo(50);
        happens(new TokenEvent.QuotaRefunded("u2", 20, null, "error", true, 30));
        assertThat(remaining()).isEqualTo(70);

        happens(new TokenEvent.QuotaPeriodStarted(NOW, NOW.plusSeconds(120), 30));
        assertThat(remaining()).isEqualTo(100);

        happens(new TokenEvent.QuotaPeriodChanged(null));
        assertThat(remaining()).as("the total of all its life counts again").isEqualTo(70);
        happens(new TokenEvent.QuotaConsumed("u3", 200, null, 230, true));
        assertThat(remaining()).as("less than nothing is nothing").isZero();
    }

    /** A model counts from when it is given a limit, for as long as it keeps one. */
    @Test
    void aModelCountsWhileItKeepsALimit() {
        happens(TestLedger.created(ACCOUNT, limited(100), FIRST));
        happens(new TokenEvent.QuotaConsumed("u1", 5, "a", 5, false));
        limitModels(new ModelQuota("a", 10), new ModelQuota("b", 10));
        assertThat(remainingOf("a")).as("usage from before the limit").isEqualTo(10);

        happens(new TokenEvent.QuotaConsumed("u2", 4, "a", 9, false));
        happens(new TokenEvent.QuotaConsumed("u3", 3, "b", 12, false));
        happens(new TokenEvent.QuotaConsumed("u4", 2, "c", 14, false));
        assertThat(remainingOf("a")).isEqualTo(6);
        assertThat(remainingOf("b")).isEqualTo(7);
        assertThat(remainingOf("c")).isNull();

        limitModels(new ModelQuota("c", 10), new ModelQuota("a", 20));
        assertThat(remainingOf("a")).as("stays, under another limit").isEqualTo(16);
        assertThat(remainingOf("b")).isNull();
        assertThat(remainingOf("c")).isEqualTo(10);
        limitModels(new ModelQuota("a", 20), new ModelQuota("b", 10));
        assertThat(remainingOf("b")).as("was forgotten").isEqualTo(10);

        happens(new TokenEvent.QuotaRefunded("u1", 5, "a", "error", true, 9));
        assertThat(remainingOf("a")).as("never below nothing consumed").isEqualTo(20);

        happens(new TokenEvent.ModelQuotasChanged(null));
        assertThat(remainingOf("a")).isNull();
    }

    /** With a token's period those of its models begin anew, and by the clock as well. */
    @Test
    void aPeriodIsThatOfTheModelsToo() {
        happens(TestLedger.created(ACCOUNT, limited(100), FIRST));
        limitModels(new ModelQuota("a", 10));
        happens(new TokenEvent.QuotaConsumed("u1", 4, "a", 4, false));
        happens(new TokenEvent.QuotaPeriodChanged(DAILY));
        assertThat(remainingOf("a")).isEqualTo(6);
        happens(new TokenEvent.QuotaPeriodStarted(NOW, NOW.plusSeconds(60), 4));
        assertThat(remainingOf("a")).isEqualTo(10);

        happens(new TokenEvent.QuotaConsumed("u2", 5, "a", 9, false));
        happens(new TokenEvent.QuotaRefunded("u1", 4, "a", "error", false, 5));
        assertThat(remainingOf("a")).as("refunds of earlier periods count in none").isEqualTo(5);
        Instant end = NOW.plusSeconds(60);
        assertThat(token().state().remainingOf("a", end.minusNanos(1))).isEqualTo(5);
        assertThat(token().state().remainingOf("a", end)).isEqualTo(10);
    }

    /** Tokens without periods and limits of models hold nothing for those that have them. */
    @Test
    void aPlainTokenSharesItsCounting() {
        happens(TestLedger.created(ACCOUNT, limited(100), FIRST));
        happens(new TokenEvent.QuotaConsumed("u1", 4, "a", 4, false));
        assertThat(token().state().counting()).isSameAs(Counting.PLAIN);

        limitModels(new ModelQuota("a", 10));
        happens(new TokenEvent.QuotaPeriodChanged(DAILY));
        happens(new TokenEvent.QuotaPeriodStarted(NOW, NOW.plusSeconds(60), 4));
        happens(new TokenEvent.QuotaPeriodChanged(null));
        happens(new TokenEvent.ModelQuotasChanged(null));
        assertThat(token().state().counting()).isSameAs(Counting.PLAIN);
    }

    /** An event that is missing stops the view before anything after it is believed. */
    @Test
    void aGapIsNotSteppedOver() {
        view.apply(ledger.record(TOKEN, TestLedger.created(ACCOUNT, Restrictions.NONE, FIRST)));
        ledger.lose(TOKEN);

        assertThatThrownBy(() -> view.apply(ledger.record(TOKEN, new TokenEvent.TokenEnabled())))
                .isInstanceOf(PartitionCursor.Gap.class);
    }

    /** Books that do not add up are not believed, and the message says where. */
    @Test
    void anEventThatContradictsTheOnesBeforeItIsRefused() {
        assertContradiction(new TokenEvent.TokenEnabled(), "never created");

        view.apply(ledger.record(TOKEN, TestLedger.created(ACCOUNT, Restrictions.NONE, FIRST)));
        assertContradiction(
                TestLedger.created(ACCOUNT, Restrictions.NONE, SECOND), "created before");
        assertContradiction(
                new TokenEvent.QuotaConsumed("u", 5, null, 6, false), "the event says 6");
        assertContradiction(
                new TokenEvent.QuotaPeriodStarted(NOW, NOW.plusSeconds(1), 7), "the event says 7");
        assertThatThrownBy(() ->
                        view.apply(
                                ledger.record(
                                        TestLedger.token(2),
                                        TestLedger.created(ACCOUNT, Restrictions.NONE, FIRST))))
                .isInstanceOf(Contradiction.class)
                .hasMessageContaining(TOKEN.toString());
        assertThatThrownBy(() -> view.apply(ledger.record(ACCOUNT, new TokenEvent.TokenEnabled())))
                .isInstanceOf(Contradiction.class);
    }

    private void assertContradiction(TokenEvent event, String words) {
        StoredEvent stored = ledger.record(TOKEN, event);
        assertThatThrownBy(() -> view.apply(stored))
                .isInstanceOf(Contradiction.class)
                .hasMessageContaining(words)
                .hasMessageContaining(stored.position().toString());
    }

    /** Tokens with the same restrictions hold one copy of them, read from JSON or not. */
    @Test
    void equalRestrictionsAreOneObject() {
        Restrictions restrictions =
                new Restrictions(null, List.of("gpt-5"), List.of(IpRange.parse("::1")), null);
        TokenId other = TestLedger.token(2);
        view.apply(ledger.record(TOKEN, TestLedger.created(ACCOUNT, restrictions, FIRST)));
        view.apply(ledger.record(other, TestLedger.created(ACCOUNT, restrictions, SECOND)));

        Terms terms = view.find(other).orElseThrow().state().terms();
        assertThat(terms.models()).isSameAs(token().state().terms().models());
        assertThat(terms.sources()).isSameAs(token().state().terms().sources());
        assertThat(terms.group()).isSameAs(token().state().terms().group());
    }

    private void happens(TokenEvent event) {
        view.apply(ledger.record(TOKEN, event));
    }

    private void limitModels(ModelQuota... quotas) {
        happens(new TokenEvent.ModelQuotasChanged(List.of(quotas)));
    }

    private @Nullable Long remaining() {
        return token().state().remaining(NOW);
    }

    private @Nullable Long remainingOf(String model) {
        return token().state().remainingOf(model, NOW);
    }

    private static Restrictions limited(long quotaLimit) {
        return new Restrictions(quotaLimit, null, null, null);
    }

    private TokenEntry token() {
        return view.find(TOKEN).orElseThrow();
    }
}
