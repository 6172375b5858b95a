package com.tokaify.ledger.audit.decision;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.fold.Moment;
import com.tokaify.ledger.audit.fold.TokenFacts;
import com.tokaify.ledger.audit.fold.TokenState;
import com.tokaify.ledger.audit.fold.TokenTimeline;
import com.tokaify.ledger.audit.fold.TokenTimeline.Step;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Finding;
import com.tokaify.ledger.events.rules.Found;
import com.tokaify.ledger.events.rules.Rule;
import com.tokaify.ledger.events.rules.RuleFindings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a token was to be answered at an instant, and why, by what the ledger says of that
 * instant. An instance may have known less: it is behind by moments, and usage was in flight.
 *
 * @param accountId null where there was no token yet
 * @param remaining units left under the token's limit, or the model's where fewer were; null is
 *     unlimited
 * @param sequence of the last event of the token that counted
 * @param checks all that is asked, in its order, also behind what failed
 */
public record Decision(
        String tokenId,
        @Nullable String accountId,
        Instant at,
        boolean valid,
        Code code,
        String message,
        @Nullable Long remaining,
        @Nullable Long sequence,
        List<JudgedCheck> checks) {
    private static final String TOKEN_KNOWN = "TOKEN_KNOWN";

    /**
     * One check.
     *
     * @param causes the events that made it fail, in the order they happened
     */
    public record JudgedCheck(
            String check,
            boolean passed,
            Code code,
            Found found,
            Map<String, Object> facts,
            String message,
            @Nullable String remedy,
            List<Cause> causes) {

        private static JudgedCheck of(Finding finding, List<Cause> causes) {
            return new JudgedCheck(
                    finding.check(),
                    finding.passed(),
                    finding.code(),
                    finding.found(),
                    finding.facts(),
                    finding.message(),
                    finding.remedy(),
                    causes);
        }
    }

    /**
     * @param moment of the call
     */
    public static Decision of(
            EventSource source, String token, Moment moment, Check check, Progress progress) {
        TokenTimeline timeline = TokenTimeline.read(source, token);
        Optional<Step> last = timeline.last(moment);
        return switch (moment) {
            case Moment.At(Instant at) when last.isEmpty() ->
                    notYet(token, timeline.steps().getFirst().logged(), at);
            case Moment.At(Instant at) ->
                    judged(source, timeline, last.orElseThrow(), at, check, progress);
            case Moment.After _ -> {
                Step step = timeline.at(moment);
                yield judged(source, timeline, step, step.effectiveAt(), check, progress);
            }
        };
    }

    /** A token that is not there yet is as unknown as one that will never be. */
    private static Decision notYet(String token, LoggedEvent creation, Instant at) {
        Finding finding = Finding.of(TOKEN_KNOWN, Found.TOKEN_NOT_YET);
        return new Decision(
                token,
                null,
                at,
                false,
                finding.code(),
                finding.message(),
                null,
                null,
                List.of(JudgedCheck.of(finding, List.of(Cause.of(creation)))));
    }

    private static Decision judged(
            EventSource source,
            TokenTimeline timeline,
            Step last,
            Instant at,
            Check check,
            Progress progress) {
        TokenFacts token = last.after().known().orElseThrow();
        AccountThen account = AccountThen.of(source, token.accountId(), at, progress);
        CallFacts facts =
                new CallFacts(
                        token, last.after() instanceof TokenState.Deleted, account, check, at);
        Causes causes = new Causes(timeline.steps().subList(0, (int) token.sequence() + 1), facts);
        List<JudgedCheck> checks = new ArrayList<>();
        checks.add(JudgedCheck.of(Finding.of(TOKEN_KNOWN, Found.TOKEN_KNOWN), List.of()));
        for (Finding finding : new RuleFindings(facts).all()) {
            checks.add(
                    JudgedCheck.of(
                            finding,
                            finding.passed()
                                    ? List.of()
                                    : causes.of(Rule.valueOf(finding.check()))));
        }
        Optional<JudgedCheck> broken = checks.stream().filter(each -> !each.passed()).findFirst();
        return new Decision(
                token.tokenId(),
                token.accountId(),
                at,
                broken.isEmpty(),
                broken.map(JudgedCheck::code).orElse(Code.OK),
                broken.map(JudgedCheck::message).orElse(Code.OK.message()),
                facts.remaining(),
                token.sequence(),
                checks);
    }
}
