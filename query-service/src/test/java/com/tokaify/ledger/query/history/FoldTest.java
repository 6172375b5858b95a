package com.tokaify.ledger.query.history;

import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.projection.BrokenStream;
import com.tokaify.ledger.query.projection.NaiveFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What streams come to, without a database. */
class FoldTest {

    /** A checkpoint read again is what was written, so that folding on from it changes nothing. */
    @Test
    void aCheckpointReadAgainIsWhatWasWritten() {
        Map<StreamId, Fold> folds = new HashMap<>();
        Map<StreamId, List<RecordedEvent>> streams = new HashMap<>();
        for (RecordedEvent event : RandomHistory.of(3, 1, 3000, 20)) {
            if (event.stream() instanceof CatalogId) {
                continue;
            }
            streams.computeIfAbsent(event.stream(), _ -> new ArrayList<>()).add(event);
            Fold fold = Fold.next(folds.get(event.stream()), event);
            Fold again =
                    StrictJson.MAPPER.readValue(
                            StrictJson.MAPPER.writeValueAsBytes(fold), fold.getClass());
            assertThat(again).as("after %s", event).isEqualTo(fold);
            folds.put(event.stream(), again);
        }
        folds.forEach((stream, fold) -> {
            if (fold instanceof TokenFold token) {
                assertThat(NaiveFold.token(streams.getOrDefault(stream, List.of())))
                        .containsAllEntriesOf(TimeTravelIT.row(token.state()));
            }
        });
    }

    /** An event cannot have been in effect before the one it follows, whatever its clock said. */
    @Test
    void anEventIsInEffectFromTheLatestTimeSoFar() {
        ScriptedLedger ledger = new ScriptedLedger(1);
        TokenId token = ledger.newTokenId();
        RecordedEvent created = ledger.record(token, tokenCreated(ledger.newAccountId(), "one"));
        RecordedEvent renamed = ledger.record(token, new TokenRenamed("two"));
        RecordedEvent earlier =
                TimeTravelIT.at(renamed, created.recordedAt().minusNanos(1000));

        Fold fold = Fold.next(Fold.next(null, created), earlier);

        assertThat(fold.sequence()).isEqualTo(1);
        assertThat(fold.effectiveAt()).isEqualTo(created.recordedAt());
    }

    /** An event that is missing stops the fold. */
    @Test
    void aMissingEventIsAContradiction() {
        ScriptedLedger ledger = new ScriptedLedger(1);
        TokenId token = ledger.newTokenId();
        ledger.record(token, tokenCreated(ledger.newAccountId(), "one"));
        RecordedEvent second = ledger.record(token, new TokenRenamed("two"));

        assertThatThrownBy(() -> Fold.next(null, second))
                .isInstanceOf(BrokenStream.class)
                .hasMessageContaining("event 0 was to come");
    }

    /** Each field that changed, before and after, in the names and words of the API. */
    @Test
    void aDifferenceNamesWhatChangedAndNothingElse() {
        ScriptedLedger ledger = new ScriptedLedger(1);
        TokenId token = ledger.newTokenId();
        Fold created =
                Fold.next(
                        null, ledger.record(token, tokenCreated(ledger.newAccountId(), "one")));
        Fold renamed = Fold.next(created, ledger.record(token, new TokenRenamed("two")));
        Fold used =
                Fold.next(
                        renamed,
                        ledger.record(token, new QuotaConsumed("u", 7, null, 7, false)));

        assertThat(told(Difference.between(null, created)))
                .contains("name: null -> \"one\"", "status: null -> \"enabled\"")
                .noneMatch(change -> change.endsWith("-> null"));
        assertThat(told(Difference.between(created, renamed)))
                .containsExactly("name: \"one\" -> \"two\"");
        assertThat(told(Difference.between(renamed, used)))
                .containsExactly("consumed: 0 -> 7", "totalConsumed: 0 -> 7");
    }

    private static List<String> told(List<FieldChange> changes) {
        return changes.stream()
                .map(change ->
                        "%s: %s -> %s".formatted(change.field(), change.before(), change.after()))
                .toList();
    }
}
