package com.tokaify.ledger.audit.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.codec.StrictJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * One number that two replays share exactly when they came to the same state: the SHA-256 of a
 * text. Its first line is {@code tokaify-ledger-state/v1}; then comes a line for each account, for
 * the catalog, and for each token, in the order of their ids, each line being the id, a word for
 * what it is, and the state as JSON, its fields in the order of the records of this package. Lines
 * end by a line feed.
 */
public final class StateDigest {
    private static final String VERSION = "tokaify-ledger-state/v1";

    private StateDigest() {}

    /** An account that was opened, and what was moved of it. */
    private record AccountLine(AccountState.Open account, AccountSums sums) {}

    /** In hexadecimal. */
    public static String of(Ledger ledger) {
        MessageDigest digest = sha256();
        line(digest, VERSION);
        Set<String> accounts = new TreeSet<>(ledger.accounts().keySet());
        accounts.addAll(ledger.sums().keySet());
        for (String account : accounts) {
            line(digest, account + " " + account(ledger, account));
        }
        line(digest, "catalog " + json(ledger.catalog()));
        for (String token : new TreeSet<>(ledger.tokens().keySet())) {
            TokenState state = ledger.tokens().getOrDefault(token, new TokenState.Unborn());
            line(digest, token + " " + token(state));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String account(Ledger ledger, String id) {
        AccountSums sums = ledger.sums(id);
        return switch (ledger.accounts().getOrDefault(id, new AccountState.Unborn())) {
            case AccountState.Open open -> "open " + json(new AccountLine(open, sums));
            case AccountState.Unborn _ -> "unknown " + json(sums);
        };
    }

    private static String token(TokenState state) {
        return switch (state) {
            case TokenState.Live(TokenFacts facts) -> "live " + json(facts);
            case TokenState.Deleted(TokenFacts facts) -> "deleted " + json(facts);
            case TokenState.Unborn _ -> "unborn";
        };
    }

    private static String json(Object value) {
        return StrictJson.MAPPER.writeValueAsString(value);
    }

    private static void line(MessageDigest digest, String line) {
        digest.update(line.getBytes(UTF_8));
        digest.update((byte) '\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
