package com.tokaify.ledger.enforcement.diagnose;

import com.tokaify.ledger.enforcement.decision.Identity;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Finding;
import com.tokaify.ledger.events.rules.Found;
import com.tokaify.ledger.events.rules.RuleFindings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every check of a decision with what it has found, in the order in which they are asked. What
 * comes before the token is known ends at the first that fails, since there is nothing to judge
 * then; the rules are all judged.
 *
 * @param known null where there is no token to speak of
 */
record Diagnosis(Identity.@Nullable Known known, Check check, List<Finding> findings) {
    private static final String VIEW_READY = "VIEW_READY";
    private static final String SECRET_GIVEN = "SECRET_GIVEN";
    private static final String SECRET_WELL_FORMED = "SECRET_WELL_FORMED";
    private static final String SECRET_KNOWN = "SECRET_KNOWN";
    private static final String TOKEN_KNOWN = "TOKEN_KNOWN";

    /** Of a secret, given or not. */
    static Diagnosis ofSecret(Identity identity, Check check) {
        List<Finding> findings = new ArrayList<>();
        return switch (identity) {
            case Identity.NotReady(String why) -> notReady(why, check);
            case Identity.NoSecret _ -> {
                ready(findings);
                findings.add(Finding.of(SECRET_GIVEN, Found.SECRET_MISSING));
                yield new Diagnosis(null, check, findings);
            }
            case Identity.Malformed _ -> {
                given(findings);
                findings.add(Finding.of(SECRET_WELL_FORMED, Found.SECRET_MALFORMED));
                yield new Diagnosis(null, check, findings);
            }
            case Identity.Unknown _ -> {
                wellFormed(findings);
                findings.add(Finding.of(SECRET_KNOWN, Found.SECRET_UNKNOWN));
                yield new Diagnosis(null, check, findings);
            }
            case Identity.Ended _ -> {
                wellFormed(findings);
                findings.add(Finding.of(SECRET_KNOWN, Found.SECRET_ENDED));
                yield new Diagnosis(null, check, findings);
            }
            case Identity.Known known -> {
                wellFormed(findings);
                findings.add(Finding.of(SECRET_KNOWN, Found.SECRET_KNOWN));
                findings.addAll(new RuleFindings(known.facts(check)).all());
                yield new Diagnosis(known, check, findings);
            }
        };
    }

    /** Of a token whose id was given: no secret is looked at. */
    static Diagnosis ofToken(Identity identity, Check check) {
        List<Finding> findings = new ArrayList<>();
        return switch (identity) {
            case Identity.NotReady(String why) -> notReady(why, check);
            case Identity.NoSecret _,
                    Identity.Malformed _,
                    Identity.Unknown _,
                    Identity.Ended _ -> {
                ready(findings);
                findings.add(Finding.of(TOKEN_KNOWN, Found.TOKEN_UNKNOWN));
                yield new Diagnosis(null, check, findings);
            }
            case Identity.Known known -> {
                ready(findings);
                findings.add(Finding.of(TOKEN_KNOWN, Found.TOKEN_KNOWN));
                findings.addAll(new RuleFindings(known.facts(check)).all());
                yield new Diagnosis(known, check, findings);
            }
        };
    }

    /** The same, and one more finding at the end. */
    Diagnosis and(Finding finding) {
        List<Finding> more = new ArrayList<>(findings);
        more.add(finding);
        return new Diagnosis(known, check, more);
    }

    /** What a check answers: the first that has failed. */
    Code code() {
        for (Finding finding : findings) {
            if (!finding.passed()) {
                return finding.code();
            }
        }
        return Code.OK;
    }

    private static Diagnosis notReady(String why, Check check) {
        return new Diagnosis(
                null,
                check,
                List.of(Finding.of(VIEW_READY, Found.VIEW_NOT_READY).with("reason", why)));
    }

    private static void ready(List<Finding> findings) {
        findings.add(Finding.of(VIEW_READY, Found.VIEW_READY));
    }

    private static void given(List<Finding> findings) {
        ready(findings);
        findings.add(Finding.of(SECRET_GIVEN, Found.SECRET_GIVEN));
    }

    private static void wellFormed(List<Finding> findings) {
        given(findings);
        findings.add(Finding.of(SECRET_WELL_FORMED, Found.SECRET_WELL_FORMED));
    }
}
