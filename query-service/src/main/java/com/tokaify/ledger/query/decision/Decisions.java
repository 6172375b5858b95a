package com.tokaify.ledger.query.decision;

import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Finding;
import com.tokaify.ledger.events.rules.Found;
import com.tokaify.ledger.events.rules.Rule;
import com.tokaify.ledger.events.rules.RuleFindings;
import com.tokaify.ledger.query.account.AccountMoment;
import com.tokaify.ledger.query.decision.DecisionThen.CheckThen;
import com.tokaify.ledger.query.history.History;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.past.Past;
import com.tokaify.ledger.query.token.TokenState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a call of the past by the rules that guards judge by now, on what history says of that
 * instant. What only the instance knew is said not to be known.
 */
final class Decisions {
    private static final String TOKEN_KNOWN = "TOKEN_KNOWN";
    private final History history;

    Decisions(History history) {
        this.history = history;
    }

    DecisionThen of(TokenId token, AsOf at, Check check) {
        return history.inOneMoment(() -> {
            Past<TokenState> past = history.token(token, at);
            return past instanceof Past.NotYetCreated<TokenState>
                            && at instanceof AsOf.At(Instant instant)
                    ? notYet(token, instant)
                    : judged(past.orProblem("at", "token " + token, "TOKEN_NOT_FOUND"), check);
        });
    }

    /** A token that is not there yet is as unknown as one that will never be. */
    private DecisionThen notYet(TokenId token, Instant at) {
        Finding finding = Finding.of(TOKEN_KNOWN, Found.TOKEN_NOT_YET);
        List<Cause> causes =
                history.newest(token, Set.of(EventType.TOKEN_CREATED), 0, 1).stream()
                        .map(Cause::of)
                        .toList();
        return new DecisionThen(
                token,
                null,
                at,
                false,
                finding.code(),
                finding.message(),
                null,
                null,
                List.of(CheckThen.of(finding, causes)),
                List.of(NotKnown.of(NotKnown.What.LAG)));
    }

    private DecisionThen judged(Past.Known<TokenState> then, Check check) {
        TokenState token = then.state();
        FactsThen facts =
                new FactsThen(token, account(token.accountId(), then.at()), check, then.at());
        Causes causes = new Causes(history, facts);
        List<CheckThen> checks = new ArrayList<>();
        checks.add(CheckThen.of(Finding.of(TOKEN_KNOWN, Found.TOKEN_KNOWN), List.of()));
        for (Finding finding : new RuleFindings(facts).all()) {
            checks.add(
                    CheckThen.of(
                            finding,
                            finding.passed()
                                    ? List.of()
                                    : causes.of(Rule.valueOf(finding.check()))));
        }
        CheckThen first =
                checks.stream()
                        .filter(found -> !found.passed())
                        .findFirst()
                        .orElse(checks.getFirst());
        return new DecisionThen(
                token.tokenId(),
                token.accountId(),
                then.at(),
                first.passed(),
                first.code(),
                first.passed() ? Code.OK.message() : first.message(),
                facts.remaining(),
                token.sequence(),
                checks,
                notKnown(token));
    }

    private @Nullable AccountMoment account(AccountId account, Instant at) {
        return history.account(account, new AsOf.At(at))
                        instanceof Past.Known<AccountMoment>(AccountMoment moment, _)
                ? moment
                : null;
    }

    private static List<NotKnown> notKnown(TokenState token) {
        return Arrays.stream(NotKnown.What.values())
                .filter(what -> what != NotKnown.What.RATE || token.settings().rateLimits() != null)
                .map(NotKnown::of)
                .toList();
    }
}
