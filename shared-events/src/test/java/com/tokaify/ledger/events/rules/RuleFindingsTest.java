package com.tokaify.ledger.events.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleFindingsTest {
    private static final Instant EXPIRY = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<IpRange> SOURCES = List.of(IpRange.parse("10.0.0.0/8"));
    private static final List<String> MODELS =
            IntStream.range(10, 22).mapToObj(i -> "model-" + i).toList();
    private static final Set<Found> NO_RULES_BUSINESS =
            EnumSet.of(
                    Found.VIEW_READY,
                    Found.VIEW_NOT_READY,
                    Found.SECRET_GIVEN,
                    Found.SECRET_MISSING,
                    Found.SECRET_WELL_FORMED,
                    Found.SECRET_MALFORMED,
                    Found.SECRET_KNOWN,
                    Found.SECRET_UNKNOWN,
                    Found.SECRET_ENDED,
                    Found.TOKEN_KNOWN,
                    Found.TOKEN_UNKNOWN,
                    Found.TOKEN_NOT_YET,
                    Found.NO_RATE_LIMITS,
                    Found.RATE_FITS,
                    Found.RATE_USED_UP,
                    Found.RATE_NEVER_FITS);

    private record Facts(
            Check check,
            boolean deleted,
            boolean enabled,
            boolean expired,
            @Nullable Instant expiresAt,
            @Nullable List<IpRange> sources,
            @Nullable Collection<String> models,
            boolean suspended,
            long balance,
            @Nullable Long remainingOfToken,
            @Nullable Long remainingOfModel,
            boolean inPeriods)
            implements RuleFacts {}

    /**
     * Whatever a token is and a call asks, findings and rules agree, and every finding can be said.
     */
    @Test
    void findingsAreWhatTheRulesSay() {
        Set<Found> seen = EnumSet.noneOf(Found.class);
        for (Facts facts : all()) {
            List<Finding> findings = new RuleFindings(facts).all();
            assertThat(findings)
                    .extracting(Finding::check)
                    .containsExactlyElementsOf(
                            Arrays.stream(Rule.values()).map(Rule::name).toList());
            for (Finding finding : findings) {
                assertThat(finding.code())
                        .as("%s of %s", finding, facts)
                        .isEqualTo(Rule.valueOf(finding.check()).judge(facts));
                assertThat(finding.message()).doesNotContain("{", "}", "null");
                assertThat(finding.remedy() == null).isEqualTo(finding.passed());
                seen.add(finding.found());
            }
        }
        assertThat(seen).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(NO_RULES_BUSINESS)));
    }

    /** A list that is long is named in part, in words and in facts, with how much is left out. */
    @Test
    void longListsAreCutShort() {
        Finding finding =
                new RuleFindings(facts(new Check("o1", null, null), MODELS, null))
                        .all().stream()
                                .filter(each -> each.check().equals(Rule.MODEL_ALLOWED.name()))
                                .findFirst()
                                .orElseThrow();
        assertThat(finding.facts())
                .isEqualTo(Map.of("model", "o1", "models", MODELS.subList(0, 10), "more", 2));
        assertThat(finding.message()).contains("model-18, model-19 and 2 more. Models are");
    }

    private static Facts facts(
            Check check, @Nullable List<String> models, @Nullable List<IpRange> sources) {
        return new Facts(
                check, false, true, false, null, sources, models, false, 10, null, null, false);
    }

    private static List<Facts> all() {
        List<Facts> all = new ArrayList<>();
        for (String ip : new String[] {null, "10.1.2.3", "192.0.2.1"}) {
            for (String model : new String[] {null, "model-10", "o1"}) {
                for (Long amount : new Long[] {null, 5L}) {
                    Check check =
                            new Check(model, ip == null ? null : IpAddress.parse("ip", ip), amount);
                    for (boolean restricted : new boolean[] {false, true}) {
                        for (Long left : new Long[] {null, 0L, 3L, 5L}) {
                            for (boolean odd : new boolean[] {false, true}) {
                                all.add(token(check, restricted, left, odd));
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    /**
     * @param odd whether everything that can be wrong with a token itself is wrong
     */
    private static Facts token(Check check, boolean restricted, @Nullable Long left, boolean odd) {
        return new Facts(
                check,
                odd,
                !odd,
                odd,
                restricted || odd ? EXPIRY : null,
                restricted ? SOURCES : null,
                restricted ? MODELS : null,
                odd,
                left == null ? -7 : left,
                left,
                check.model() == null ? null : left,
                odd);
    }
}
