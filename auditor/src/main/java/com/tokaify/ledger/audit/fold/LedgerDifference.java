package com.tokaify.ledger.audit.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A stream that two ledgers do not tell alike, and in which fields. */
public record LedgerDifference(String stream, List<FieldChange> fields) {

    /** A token as two ledgers are compared by. */
    private record TokenSide(
            String accountId,
            @Nullable String importedFrom,
            TokenSettings settings,
            Standing standing,
            Usage usage,
            String createdAt,
            String changedAt,
            long sequence,
            boolean deleted) {}

    /** An account, with what its tokens' streams say of it. */
    private record AccountSide(
            @Nullable String name,
            boolean suspended,
            @Nullable String openedAt,
            long sequence,
            long credited,
            long adjusted,
            long consumed) {}

    /** In the order of streams. */
    public static List<LedgerDifference> between(Ledger a, Ledger b) {
        List<LedgerDifference> differences = new ArrayList<>();
        for (String account : accounts(a, b)) {
            add(differences, account, account(a, account), account(b, account));
        }
        add(differences, "catalog", a.catalog(), b.catalog());
        for (String token : tokens(a, b)) {
            add(differences, token, token(a, token), token(b, token));
        }
        return differences;
    }

    /** How many there are in either. */
    public static long streams(Ledger a, Ledger b) {
        return accounts(a, b).size() + 1L + tokens(a, b).size();
    }

    private static void add(
            List<LedgerDifference> differences,
            String stream,
            @Nullable Record a,
            @Nullable Record b) {
        if (a == null ? b != null : !a.equals(b)) {
            differences.add(new LedgerDifference(stream, FieldChange.between(a, b)));
        }
    }

    private static Set<String> accounts(Ledger a, Ledger b) {
        Set<String> accounts = new TreeSet<>(a.accounts().keySet());
        accounts.addAll(b.accounts().keySet());
        accounts.addAll(a.sums().keySet());
        accounts.addAll(b.sums().keySet());
        return accounts;
    }

    private static Set<String> tokens(Ledger a, Ledger b) {
        Set<String> tokens = new TreeSet<>(a.tokens().keySet());
        tokens.addAll(b.tokens().keySet());
        return tokens;
    }

    private static @Nullable Record account(Ledger ledger, String id) {
        AccountSums sums = ledger.sums(id);
        return switch (ledger.accounts().getOrDefault(id, new AccountState.Unborn())) {
            case AccountState.Open(String name, boolean suspended, String at, long sequence) ->
                    new AccountSide(
                            name,
                            suspended,
                            at,
                            sequence,
                            sums.credited(),
                            sums.adjusted(),
                            sums.consumed());
            case AccountState.Unborn _ ->
                    sums.equals(AccountSums.ZERO)
                            ? null
                            : new AccountSide(
                                    null,
                                    false,
                                    null,
                                    -1,
                                    sums.credited(),
                                    sums.adjusted(),
                                    sums.consumed());
        };
    }

    private static @Nullable Record token(Ledger ledger, String id) {
        return switch (ledger.tokens().getOrDefault(id, new TokenState.Unborn())) {
            case TokenState.Live(TokenFacts facts) -> side(facts, false);
            case TokenState.Deleted(TokenFacts facts) -> side(facts, true);
            case TokenState.Unborn _ -> null;
        };
    }

    private static TokenSide side(TokenFacts facts, boolean deleted) {
        return new TokenSide(
                facts.accountId(),
                facts.importedFrom(),
                facts.settings(),
                facts.standing(),
                facts.usage(),
                facts.createdAt(),
                facts.changedAt(),
                facts.sequence(),
                deleted);
    }
}
