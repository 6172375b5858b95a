package com.tokaify.ledger.benchmarks.enforce;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.tokaify.ledger.benchmarks.Zipf;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The tokens of a ledger and their secrets. Limits, models, sources and expiry are of many kinds,
 * as tokens of a real ledger have them; every check that is sent passes all of them, so that each
 * walks the whole way. Immutable.
 */
public final class KnownTokens {
    static final String MODEL = "gpt-4o-mini";
    static final String IP = "10.20.30.40";

    private static final int TOKENS_PER_ACCOUNT = 100;
    private static final List<List<String>> MODELS =
            List.of(
                    List.of(MODEL),
                    List.of("gpt-4o", MODEL),
                    List.of("claude-sonnet-4-5", "gpt-4o", MODEL, "text-embedding-3-small"));
    private static final List<List<IpRange>> SOURCES =
            List.of(
                    List.of(IpRange.parse("ipAllowlist", "10.0.0.0/8")),
                    List.of(
                            IpRange.parse("ipAllowlist", "192.168.1.7"),
                            IpRange.parse("ipAllowlist", "2001:db8::/32"),
                            IpRange.parse("ipAllowlist", "10.20.0.0/16")));
    private static final int KINDS = 12;

    private final List<TokenId> ids;
    private final List<String> secrets;
    private final List<AccountId> accounts;
    private final Zipf zipf;
    private final Instant expiresAt = Instant.now().plus(365, ChronoUnit.DAYS);

    public KnownTokens(int size) {
        NoArgGenerator uuids = Generators.timeBasedEpochGenerator();
        SecureRandom random = new SecureRandom();
        this.ids = IntStream.range(0, size).mapToObj(_ -> new TokenId(uuids.generate())).toList();
        this.secrets =
                IntStream.range(0, size)
                        .mapToObj(_ -> TokenSecret.generate(random).reveal())
                        .toList();
        this.accounts =
                IntStream.rangeClosed(0, size / TOKENS_PER_ACCOUNT)
                        .mapToObj(_ -> new AccountId(uuids.generate()))
                        .toList();
        this.zipf = new Zipf(size);
    }

    public int size() {
        return ids.size();
    }

    public TokenId id(int token) {
        return ids.get(token);
    }

    String secret(int token) {
        return secrets.get(token);
    }

    public List<AccountId> accounts() {
        return accounts;
    }

    public TokenCreated created(int token, Pepper pepper) {
        TokenSecret secret = TokenSecret.parse(secrets.get(token)).orElseThrow();
        return new TokenCreated(
                accounts.get(token / TOKENS_PER_ACCOUNT),
                "token of a benchmark",
                "default",
                restrictions(token),
                pepper.hash(secret),
                secret.mask());
    }

    /** A dozen kinds in turn. */
    Restrictions restrictions(int token) {
        int kind = token % KINDS;
        return new Restrictions(
                kind % 2 == 0 ? FieldRules.MAX_AMOUNT : null,
                kind < MODELS.size() ? MODELS.get(kind) : null,
                kind >= KINDS - SOURCES.size() ? SOURCES.get(KINDS - 1 - kind) : null,
                kind % 3 == 0 ? expiresAt : null);
    }

    /** So many tokens by Zipf's law. */
    public int[] draw(int count) {
        RandomGenerator random = new SplittableRandom();
        return IntStream.range(0, count).map(_ -> zipf.draw(random)).toArray();
    }
}
