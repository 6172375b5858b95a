package com.tokaify.ledger.events.rules;

import com.tokaify.ledger.events.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each rule says of a token and a call, in plain words, with what to do where it is broken.
 */
public final class RuleFindings {
    private static final int NAMED_AT_MOST = 10;

    private final RuleFacts facts;

    public RuleFindings(RuleFacts facts) {
        this.facts = facts;
    }

    /** All of them, in the order in which a check asks, also behind one that is broken. */
    public List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            Code code = rule.judge(facts);
            findings.add(
                    code == Code.OK
                            ? Finding.passed(rule.name(), whyPassed(rule))
                            : new Finding(rule.name(), code, whyBroken(rule, code), remedy(rule)));
        }
        return findings;
    }

    private String whyPassed(Rule rule) {
        return switch (rule) {
            case NOT_DELETED -> "The token was not deleted.";
            case ENABLED -> "The token is enabled.";
            case NOT_EXPIRED -> {
                Instant expiresAt = facts.expiresAt();
                yield expiresAt == null
                        ? "The token never expires."
                        : "The token expires at " + expiresAt + ".";
            }
            case SOURCE_ALLOWED ->
                    facts.sources() == null
                            ? "The token may be used from any address."
                            : "The token may be used from " + facts.check().ip() + ".";
            case MODEL_ALLOWED ->
                    facts.models() == null
                            ? "The token may use any model."
                            : "The token may use the model " + facts.check().model() + ".";
            case ACCOUNT_ACTIVE -> "The account is not suspended.";
            case BALANCE_SUFFICIENT -> "The account" + has(facts.balance());
            case QUOTA_SUFFICIENT -> ofQuota("The token", facts.remainingOfToken());
            case MODEL_QUOTA_SUFFICIENT -> {
                String model = facts.check().model();
                yield model == null
                        ? "No model was named, so no model's limit counts."
                        : ofQuota("The model " + model, facts.remainingOfModel());
            }
        };
    }

    private String whyBroken(Rule rule, Code code) {
        return switch (rule) {
            case NOT_DELETED -> "The token was deleted, and that is final.";
            case ENABLED -> "The token is disabled.";
            case NOT_EXPIRED -> "The token expired at " + facts.expiresAt() + ".";
            case SOURCE_ALLOWED ->
                    (facts.check().ip() == null
                                    ? "Nobody knows where the call comes from"
                                    : "The call comes from " + facts.check().ip())
                            + "; the token may be used only from "
                            + named(Objects.requireNonNull(facts.sources()))
                            + ".";
            case MODEL_ALLOWED ->
                    (code == Code.MODEL_MISSING
                                    ? "No model was named"
                                    : "The model is " + facts.check().model())
                            + "; the token may use only "
                            + named(new TreeSet<>(Objects.requireNonNull(facts.models())))
                            + ". Models are compared letter by letter.";
            case ACCOUNT_ACTIVE -> "The account is suspended.";
            case BALANCE_SUFFICIENT -> "The account" + hasTooLittle(facts.balance());
            case QUOTA_SUFFICIENT ->
                    "The token" + hasTooLittle(Objects.requireNonNull(facts.remainingOfToken()));
            case MODEL_QUOTA_SUFFICIENT ->
                    "The token's limit of the model "
                            + facts.check().model()
                            + hasTooLittle(Objects.requireNonNull(facts.remainingOfModel()));
        };
    }

    private String remedy(Rule rule) {
        return switch (rule) {
            case NOT_DELETED -> "Create a new token and give its secret to the application.";
            case ENABLED ->
                    "Enable the token, unless it was disabled for a reason that still holds, such"
                            + " as a leak; then rotate its secret or create a new token.";
            case NOT_EXPIRED -> "Set a later expiry, or none.";
            case SOURCE_ALLOWED -> {
                IpAddress ip = facts.check().ip();
                yield ip == null
                        ? "Let the gateway say the caller's address in one way, and name the gateway"
                                + " in LEDGER_TRUSTED_PROXIES."
                        : "Add "
                                + ip
                                + " to the token's ipAllowlist, or call from an allowed address. If"
                                + " this is the address of a gateway, name it in"
                                + " LEDGER_TRUSTED_PROXIES.";
            }
            case MODEL_ALLOWED ->
                    facts.check().model() == null
                            ? "Let the gateway send the model along, or take the restriction off."
                            : "Use one of these, or add the model to the token's models.";
            case ACCOUNT_ACTIVE -> "Ask the operator why, and to resume the account.";
            case BALANCE_SUFFICIENT -> "Credit the account.";
            case QUOTA_SUFFICIENT -> "Raise the token's quotaLimit" + orWait();
            case MODEL_QUOTA_SUFFICIENT ->
                    "Raise the model's limit in the token's modelQuotas" + orWait();
        };
    }

    private String orWait() {
        return facts.inPeriods() ? ", or wait until its period ends." : ".";
    }

    private String ofQuota(String whose, @Nullable Long remaining) {
        return remaining == null ? whose + " has no limit of its own." : whose + has(remaining);
    }

    private String has(long units) {
        return " has " + units + " units left" + needed();
    }

    private String hasTooLittle(long units) {
        return " has only " + units + " units left" + needed();
    }

    private String needed() {
        Long amount = facts.check().amount();
        return "; the call needs " + (amount == null ? "at least 1." : amount + ".");
    }

    private static String named(Collection<?> all) {
        String first =
                all.stream()
                        .limit(NAMED_AT_MOST)
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
        int more = all.size() - NAMED_AT_MOST;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
