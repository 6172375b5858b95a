package com.tokaify.ledger.events.rules;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that checks can find, each with words in English: what was found, and what to do where it
 * stands in the way. The names are for programs, which may say it in other languages by {@link
 * Finding#facts}. In the words {@code {fact}} stands for a fact, {@code {fact|so}} for one that may
 * be missing.
 */
public enum Found {
    VIEW_READY("This instance knows the ledger."),
    VIEW_NOT_READY(
            Code.VIEW_NOT_READY,
            "{reason}",
            "Ask another one or try again; GET /v1/view tells why."),

    SECRET_GIVEN("A secret was given."),
    SECRET_MISSING(
            Code.TOKEN_MISSING,
            "No secret was given.",
            "Send the key as 'Authorization: Bearer sk-…'."),
    SECRET_WELL_FORMED("The secret is well-formed."),
    SECRET_MALFORMED(
            Code.TOKEN_NOT_FOUND,
            "This is no key: its length, its letters or its checksum are wrong.",
            "Copy the whole key again; it begins with sk- and has no spaces."),
    SECRET_KNOWN("The secret is that of a token."),
    SECRET_UNKNOWN(
            Code.TOKEN_NOT_FOUND,
            "No token has this secret, or it had until it was rotated.",
            "Copy the key from the console again, and see that it belongs to this ledger."),
    SECRET_ENDED(
            Code.TOKEN_NOT_FOUND,
            "The secret was rotated, and the grace of the old one has ended.",
            "Give the application the new secret."),

    TOKEN_KNOWN("There is such a token."),
    TOKEN_UNKNOWN(
            Code.TOKEN_NOT_FOUND,
            "There is no token with this id.",
            "See that the id is complete and of this ledger."),
    TOKEN_NOT_YET(
            Code.TOKEN_NOT_FOUND, "There was no such token yet.", "Call after it was created."),

    NOT_DELETED("The token was not deleted."),
    DELETED(
            Code.TOKEN_DELETED,
            "The token was deleted, and that is final.",
            "Create a new token and give its secret to the application."),

    ENABLED("The token is enabled."),
    DISABLED(
            Code.TOKEN_DISABLED,
            "The token is disabled.",
            "Enable the token, unless it was disabled for a reason that still holds, such as a leak;"
                    + " then rotate its secret or create a new token."),

    NEVER_EXPIRES("The token never expires."),
    EXPIRES("The token expires at {expiresAt}."),
    EXPIRED(
            Code.TOKEN_EXPIRED,
            "The token expired at {expiresAt}.",
            "Set a later expiry, or none."),

    ANY_SOURCE("The token may be used from any address."),
    SOURCE_LISTED("The token may be used from {ip}."),
    SOURCE_NOT_LISTED(
            Code.IP_NOT_ALLOWED,
            "The call comes from {ip}; the token may be used only from {ipAllowlist}.",
            "Add {ip} to the token's ipAllowlist, or call from an allowed address. If this is the"
                    + " address of a gateway, name it in LEDGER_TRUSTED_PROXIES."),
    SOURCE_UNKNOWN(
            Code.IP_NOT_ALLOWED,
            "Nobody knows where the call comes from; the token may be used only from {ipAllowlist}.",
            "Let the gateway say the caller's address in one way, and name the gateway in"
                    + " LEDGER_TRUSTED_PROXIES."),

    ANY_MODEL("The token may use any model."),
    MODEL_LISTED("The token may use the model {model}."),
    MODEL_NOT_LISTED(
            Code.MODEL_NOT_ALLOWED,
            "The model is {model}; the token may use only {models}. Models are compared letter by"
                    + " letter.",
            "Use one of these, or add the model to the token's models."),
    MODEL_NOT_NAMED(
            Code.MODEL_MISSING,
            "No model was named; the token may use only {models}. Models are compared letter by"
                    + " letter.",
            "Let the gateway send the model along, or take the restriction off."),

    ACCOUNT_ACTIVE("The account is not suspended."),
    ACCOUNT_SUSPENDED(
            Code.ACCOUNT_SUSPENDED,
            "The account is suspended.",
            "Ask the operator why, and to resume the account."),

    BALANCE_COVERS("The account has {left} units left; the call needs {needed|at least 1}."),
    BALANCE_TOO_LOW(
            Code.BALANCE_INSUFFICIENT,
            "The account has only {left} units left; the call needs {needed|at least 1}.",
            "Credit the account."),

    NO_QUOTA("The token has no limit of its own."),
    QUOTA_COVERS("The token has {left} units left; the call needs {needed|at least 1}."),
    QUOTA_TOO_LOW(
            Code.QUOTA_EXHAUSTED,
            "The token has only {left} units left; the call needs {needed|at least 1}.",
            "Raise the token's quotaLimit."),
    QUOTA_OF_PERIOD_TOO_LOW(
            Code.QUOTA_EXHAUSTED,
            QUOTA_TOO_LOW.words,
            "Raise the token's quotaLimit, or wait until its period ends."),

    NO_MODEL_NO_QUOTA("No model was named, so no model's limit counts."),
    NO_MODEL_QUOTA("The model {model} has no limit of its own."),
    MODEL_QUOTA_COVERS(
            "The model {model} has {left} units left; the call needs {needed|at least 1}."),
    MODEL_QUOTA_TOO_LOW(
            Code.QUOTA_EXHAUSTED,
            "The token's limit of the model {model} has only {left} units left; the call needs"
                    + " {needed|at least 1}.",
            "Raise the model's limit in the token's modelQuotas."),
    MODEL_QUOTA_OF_PERIOD_TOO_LOW(
            Code.QUOTA_EXHAUSTED,
            MODEL_QUOTA_TOO_LOW.words,
            "Raise the model's limit in the token's modelQuotas, or wait until its period ends."),

    NO_RATE_LIMITS("The token has no rate limits."),
    RATE_FITS("There is room for the call. The token" + Words.MAY),
    RATE_USED_UP(
            Code.RATE_LIMITED,
            "The token was used too often at this instance. It" + Words.MAY,
            "Wait {seconds} s, call less often, or raise the token's rateLimits."),
    RATE_NEVER_FITS(
            Code.RATE_LIMITED,
            "The call alone costs more units than a minute may hold. The token" + Words.MAY,
            "Ask for less, or raise unitsPerMinute of the token's rateLimits.");

    private static final Pattern FACT = Pattern.compile("\\{(\\w+)(?:\\|([^}]*))?}");

    private final Code code;
    private final String words;
    private final @Nullable String remedy;

    Found(String words) {
        this(Code.OK, words, null);
    }

    Found(Code code, String words, @Nullable String remedy) {
        this.code = code;
        this.words = words;
        this.remedy = remedy;
    }

    private static final class Words {
        private static final String MAY =
                " may make {requestsPerMinute|any number of} calls and use {unitsPerMinute|any number"
                        + " of} units within a minute.";
    }

    /** {@link Code#OK}, or what a call is refused with for this alone. */
    public Code code() {
        return code;
    }

    /** Whether something can be done about it. */
    public boolean hasRemedy() {
        return remedy != null;
    }

    /** What every finding of this tells: the facts that it cannot be said without. */
    public Set<String> facts() {
        return FACT.matcher(remedy == null ? words : words + remedy)
                .results()
                .filter(match -> match.group(2) == null)
                .map(match -> match.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    String words(Map<String, Object> facts) {
        return filled(words, facts);
    }

    @Nullable String remedy(Map<String, Object> facts) {
        return remedy == null ? null : filled(remedy, facts);
    }

    private String filled(String template, Map<String, Object> facts) {
        return FACT.matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(said(match, facts)));
    }

    private String said(MatchResult match, Map<String, Object> facts) {
        Object fact = facts.get(match.group(1));
        if (fact == null) {
            fact = match.group(2);
        }
        if (fact == null) {
            throw new IllegalStateException(this + " needs to know " + match.group(1));
        }
        if (!(fact instanceof Collection<?> several)) {
            return fact.toString();
        }
        String first = several.stream().map(Object::toString).collect(Collectors.joining(", "));
        Object more = facts.get(Finding.MORE);
        return more == null ? first : first + " and " + more + " more";
    }
}
