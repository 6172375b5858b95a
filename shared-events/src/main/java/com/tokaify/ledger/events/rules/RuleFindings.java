package com.tokaify.ledger.events.rules;

import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What each rule finds of a token and a call. */
public final class RuleFindings {
    private final RuleFacts facts;
    private final Check check;

    public RuleFindings(RuleFacts facts) {
        this.facts = facts;
        this.check = facts.check();
    }

    /** All of them, in the order in which a check asks, also behind one that is broken. */
    public List<Finding> all() {
        return Arrays.stream(Rule.values()).map(this::of).toList();
    }

    private Finding of(Rule rule) {
        boolean passed = rule.judge(facts) == Code.OK;
        return switch (rule) {
            case NOT_DELETED -> finding(rule, passed ? Found.NOT_DELETED : Found.DELETED);
            case ENABLED -> finding(rule, passed ? Found.ENABLED : Found.DISABLED);
            case NOT_EXPIRED -> ofExpiry(rule, passed, facts.expiresAt());
            case SOURCE_ALLOWED -> ofSource(rule, passed, check.ip(), facts.sources());
            case MODEL_ALLOWED -> ofModel(rule, passed, check.model(), facts.models());
            case ACCOUNT_ACTIVE ->
                    finding(rule, passed ? Found.ACCOUNT_ACTIVE : Found.ACCOUNT_SUSPENDED);
            case BALANCE_SUFFICIENT ->
                    left(
                            finding(rule, passed ? Found.BALANCE_COVERS : Found.BALANCE_TOO_LOW),
                            facts.balance());
            case QUOTA_SUFFICIENT -> ofQuota(rule, passed, facts.remainingOfToken());
            case MODEL_QUOTA_SUFFICIENT ->
                    ofModelQuota(rule, passed, check.model(), facts.remainingOfModel());
        };
    }

    private static Finding ofExpiry(Rule rule, boolean passed, @Nullable Instant expiresAt) {
        Found ahead = expiresAt == null ? Found.NEVER_EXPIRES : Found.EXPIRES;
        return finding(rule, passed ? ahead : Found.EXPIRED).with("expiresAt", expiresAt);
    }

    private static Finding ofSource(
            Rule rule, boolean passed, @Nullable IpAddress ip, @Nullable List<IpRange> sources) {
        if (sources == null) {
            return finding(rule, Found.ANY_SOURCE);
        }
        if (passed) {
            return finding(rule, Found.SOURCE_LISTED).with("ip", ip);
        }
        return finding(rule, ip == null ? Found.SOURCE_UNKNOWN : Found.SOURCE_NOT_LISTED)
                .with("ip", ip)
                .naming("ipAllowlist", sources);
    }

    private static Finding ofModel(
            Rule rule,
            boolean passed,
            @Nullable String model,
            @Nullable Collection<String> models) {
        if (models == null) {
            return finding(rule, Found.ANY_MODEL);
        }
        if (passed) {
            return finding(rule, Found.MODEL_LISTED).with("model", model);
        }
        return finding(rule, model == null ? Found.MODEL_NOT_NAMED : Found.MODEL_NOT_LISTED)
                .with("model", model)
                .naming("models", new TreeSet<>(models));
    }

    private Finding ofQuota(Rule rule, boolean passed, @Nullable Long remaining) {
        if (remaining == null) {
            return finding(rule, Found.NO_QUOTA);
        }
        Found tooLow = facts.inPeriods() ? Found.QUOTA_OF_PERIOD_TOO_LOW : Found.QUOTA_TOO_LOW;
        return left(finding(rule, passed ? Found.QUOTA_COVERS : tooLow), remaining);
    }

    private Finding ofModelQuota(
            Rule rule, boolean passed, @Nullable String model, @Nullable Long remaining) {
        if (model == null) {
            return finding(rule, Found.NO_MODEL_NO_QUOTA);
        }
        if (remaining == null) {
            return finding(rule, Found.NO_MODEL_QUOTA).with("model", model);
        }
        Found tooLow =
                facts.inPeriods() ? Found.MODEL_QUOTA_OF_PERIOD_TOO_LOW : Found.MODEL_QUOTA_TOO_LOW;
        return left(
                finding(rule, passed ? Found.MODEL_QUOTA_COVERS : tooLow).with("model", model),
                remaining);
    }

    /** With the units that are left and those the call needs, where it says how many. */
    private Finding left(Finding finding, long units) {
        return finding.with("left", units).with("needed", check.amount());
    }

    private static Finding finding(Rule rule, Found found) {
        return Finding.of(rule.name(), found);
    }
}
