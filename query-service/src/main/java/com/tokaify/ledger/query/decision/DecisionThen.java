package com.tokaify.ledger.query.decision;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Finding;
import com.tokaify.ledger.events.rules.Found;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a token was answered at an instant, and why.
 *
 * @param at the instant of the call
 * @param valid whether it was allowed
 * @param code what it was answered
 * @param message why, in plain words
 * @param accountId whose token it is; null where there was no token yet
 * @param remaining units left under the token's limit, or the model's where fewer were; null is
 *     unlimited
 * @param sequence of the last event of the token that counted; null where there was none yet
 * @param checks all that is asked, in its order, also behind what failed; in the words of then
 * @param notKnown what may have made an instance answer differently, and no event tells
 */
record DecisionThen(
        TokenId tokenId,
        @Nullable AccountId accountId,
        Instant at,
        boolean valid,
        Code code,
        String message,
        @Nullable Long remaining,
        @Nullable Long sequence,
        List<CheckThen> checks,
        List<NotKnown> notKnown) {

    /**
     * One check.
     *
     * @param check its name
     * @param code what a call would be refused with for this alone, or OK
     * @param found what was found, for programs that say it in words of their own
     * @param facts what is to be known of it, by name: texts, whole numbers, instants, lists of ten
     *     texts at most, of which {@code more} are left out
     * @param message what was found, in plain words
     * @param remedy what would have helped; null where nothing is wrong
     * @param causes the events that made it fail, in the order they happened
     */
    record CheckThen(
            String check,
            boolean passed,
            Code code,
            Found found,
            Map<String, Object> facts,
            String message,
            @Nullable String remedy,
            List<Cause> causes) {

        static CheckThen of(Finding finding, List<Cause> causes) {
            return new CheckThen(
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
}
