package com.tokaify.ledger.testkit.access;

import com.tokaify.ledger.testkit.openapi.ApiDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every operation of a document with every kind of caller, and what each is to be answered. Which
 * roles may do what is written once more for it, apart from the service's own table.
 */
public final class AccessMatrix {
    /** Who sends no access token; among the roles of what is open to everybody. */
    public static final String NOBODY = "nobody";

    private final Map<String, Sample> samples = new LinkedHashMap<>();

    /**
     * A request that succeeds where it is let in.
     *
     * @param path of this one request; may hold words that the test replaces
     * @param body JSON; empty for none
     * @param status of success
     * @param roles who may
     * @param outside the status for who may do such things, but not to this account; null where the
     *     operation is about no account's own things
     */
    public record Sample(
            String path, String body, int status, Set<String> roles, @Nullable Integer outside) {}

    /**
     * One request of one caller.
     *
     * @param operation as the document has it, method first
     * @param token null where none is sent
     * @param status what it is to be answered
     * @param isOutside whether the caller's account is another one than the request is about, so
     *     that the answer is to be that to an id that does not exist
     */
    public record Cell(
            String operation,
            String caller,
            @Nullable String token,
            Sample sample,
            int status,
            boolean isOutside) {
        public String method() {
            return operation.substring(0, operation.indexOf(' ')).toUpperCase(Locale.ROOT);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return operation + " by " + caller + " -> " + status;
        }
    }

    /** The same matrix with one more operation. */
    public AccessMatrix with(String operation, Sample sample) {
        if (samples.put(operation, sample) != null) {
            throw new IllegalArgumentException(operation + " is there twice");
        }
        return this;
    }

    /**
     * All cells.
     *
     * @param account whom the samples are about
     * @param other another account
     * @throws AssertionError where the document has an operation that this has not, or the other
     *     way round
     */
    public List<Cell> cells(
            ApiDocument document, SignedTokens issuer, String account, String other) {
        Set<String> documented = new LinkedHashSet<>(document.operations());
        if (!documented.equals(samples.keySet())) {
            throw new AssertionError(
                    "the matrix has %s, the document has %s"
                            .formatted(samples.keySet(), documented));
        }
        Map<String, String> unacceptable = issuer.unacceptable();
        List<Cell> cells = new ArrayList<>();
        samples.forEach((operation, sample) -> {
            cells.add(
                    new Cell(
                            operation,
                            NOBODY,
                            null,
                            sample,
                            sample.roles().contains(NOBODY) ? sample.status() : 401,
                            false));
            unacceptable.forEach((fault, token) ->
                    cells.add(new Cell(operation, fault, token, sample, 401, false)));
            inside(issuer, account)
                    .forEach((role, token) ->
                            cells.add(cell(operation, role, role, token, sample, sample.status())));
            outside(issuer, other)
                    .forEach((role, token) -> {
                        Integer outside = sample.outside();
                        cells.add(
                                cell(
                                        operation,
                                        role,
                                        role + " of another account",
                                        token,
                                        sample,
                                        outside == null ? sample.status() : outside));
                    });
        });
        return cells;
    }

    private static Cell cell(
            String operation,
            String role,
            String caller,
            String token,
            Sample sample,
            int allowed) {
        boolean may = sample.roles().contains(role);
        return new Cell(
                operation,
                caller,
                token,
                sample,
                may ? allowed : 403,
                may && !caller.equals(role) && sample.outside() != null);
    }

    private static Map<String, String> inside(SignedTokens issuer, String account) {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("operator", issuer.operator().signed());
        tokens.put("owner", issuer.owner(account).signed());
        tokens.put("auditor", issuer.auditor().signed());
        tokens.put("gateway", issuer.gateway().signed());
        return tokens;
    }

    private static Map<String, String> outside(SignedTokens issuer, String other) {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("owner", issuer.owner(other).signed());
        tokens.put("auditor", issuer.auditor().with("account", other).signed());
        tokens.put("gateway", issuer.gateway().with("account", other).signed());
        return tokens;
    }
}
