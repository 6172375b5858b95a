package com.tokaify.ledger.enforcement.diagnose;

import com.tokaify.ledger.enforcement.decision.Identity;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Finding;
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
                findings.add(
                        new Finding(
                                SECRET_GIVEN,
                                Code.TOKEN_MISSING,
                                "No secret was given.",
                                "Send the key as 'Authorization: Bearer sk-…'."));
                yield new Diagnosis(null, check, findings);
            }
            case Identity.Malformed _ -> {
                given(findings);
                findings.add(
                        new Finding(
                                SECRET_WELL_FORMED,
                                Code.TOKEN_NOT_FOUND,
                                "This is no key: its length, its letters or its checksum are wrong.",
                                "Copy the whole key again; it begins with sk- and has no spaces."));
                yield new Diagnosis(null, check, findings);
            }
            case Identity.Unknown _ -> {
                wellFormed(findings);
                findings.add(
                        new Finding(
                                SECRET_KNOWN,
                                Code.TOKEN_NOT_FOUND,
                                "No token has this secret, or it had until it was rotated.",
                                "Copy the key from the console again, and see that it belongs to"
                                        + " this ledger."));
                yield new Diagnosis(null, check, findings);
            }
            case Identity.Ended _ -> {
                wellFormed(findings);
                findings.add(
                        new Finding(
                                SECRET_KNOWN,
                                Code.TOKEN_NOT_FOUND,
                                "The secret was rotated, and the grace of the old one has ended.",
                                "Give the application the new secret."));
                yield new Diagnosis(null, check, findings);
            }
            case Identity.Known known -> {
                wellFormed(findings);
                findings.add(Finding.passed(SECRET_KNOWN, "The secret is that of a token."));
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
                findings.add(
                        new Finding(
                                TOKEN_KNOWN,
                                Code.TOKEN_NOT_FOUND,
                                "There is no token with this id.",
                                "See that the id is complete and of this ledger."));
                yield new Diagnosis(null, check, findings);
            }
            case Identity.Known known -> {
                ready(findings);
                findings.add(Finding.passed(TOKEN_KNOWN, "There is such a token."));
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
                List.of(
                        new Finding(
                                VIEW_READY,
                                Code.VIEW_NOT_READY,
                                why,
                                "Ask another one or try again; GET /v1/view tells why.")));
    }

    private static void ready(List<Finding> findings) {
        findings.add(Finding.passed(VIEW_READY, "This instance knows the ledger."));
    }

    private static void given(List<Finding> findings) {
        ready(findings);
        findings.add(Finding.passed(SECRET_GIVEN, "A secret was given."));
    }

    private static void wellFormed(List<Finding> findings) {
        given(findings);
        findings.add(Finding.passed(SECRET_WELL_FORMED, "The secret is well-formed."));
    }
}
