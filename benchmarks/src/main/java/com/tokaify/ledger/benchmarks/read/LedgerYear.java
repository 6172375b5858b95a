package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.benchmarks.Zipf;
import com.tokaify.ledger.benchmarks.enforce.EventSequence;
import com.tokaify.ledger.benchmarks.enforce.KnownTokens;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.Pepper;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Twelve whole months of a ledger, event by event in the order of time: accounts are opened, tokens
 * created, then used by Zipf's law, now and then changed by their owners, and every month paid for.
 *
 * <p>No token comes to a thousand events, where the history's checkpoints begin, which are the
 * service's own secret; what those bound to a thousand events in longer streams is bounded by that
 * here. What the hottest tokens would have beyond it is spread over all.
 */
final class LedgerYear {
    static final List<String> MODELS =
            List.of("gpt-4o-mini", "gpt-4o", "claude-sonnet-4-5", "text-embedding-3-small");
    static final List<String> WORDS =
            List.of("chat", "search", "mobile", "batch", "nightly", "support", "billing", "vision");
    static final List<String> STAGES = List.of("prod", "staging", "dev", "test");
    static final int GROUPS = 50;

    private static final int TOKENS_PER_ACCOUNT = 100;
    private static final int MOST_EVENTS_EACH = 999;
    private static final long LEAST_EACH = 2;
    private static final long MOST_EACH = 500;
    private static final int MONTHS = 12;
    private static final int AMOUNT_MAX = 5_000;
    private static final long LIMIT_MIN = 100_000;
    private static final long LIMIT_MAX = 10_000_000;
    private static final long CREDIT = 1_000_000_000L;
    private static final int GATEWAYS = 4;

    /** Prime: scatters the hottest tokens over all accounts. */
    private static final long SCATTER = 7_919;

    private final KnownTokens tokens;
    private final int events;
    private final Pepper pepper;
    private final Zipf zipf;
    private final EventSequence sequence = new EventSequence();
    private final RandomGenerator random = new SplittableRandom(1);
    private final int[] next;
    private final long[] totals;
    private final int[] nextOfAccount;
    private final Instant beginning;
    private final Instant end;
    private int written;

    /**
     * @param events so many, but at least two and at most five hundred for each token
     */
    LedgerYear(int tokens, int events, Pepper pepper) {
        this.tokens = new KnownTokens(tokens);
        this.events = Math.toIntExact(Math.clamp(events, LEAST_EACH * tokens, MOST_EACH * tokens));
        this.pepper = pepper;
        this.zipf = new Zipf(tokens);
        this.next = new int[tokens];
        this.totals = new long[tokens];
        this.nextOfAccount = new int[this.tokens.accounts().size()];
        LocalDate month = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);
        this.end = month.atStartOfDay(ZoneOffset.UTC).toInstant();
        this.beginning = month.minusMonths(MONTHS).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    int tokens() {
        return tokens.size();
    }

    /** Events that happened. */
    int events() {
        return written;
    }

    Instant beginning() {
        return beginning;
    }

    /** The first instant no more. */
    Instant end() {
        return end;
    }

    int accounts() {
        return nextOfAccount.length;
    }

    AccountId account(int account) {
        return tokens.accounts().get(account);
    }

    TokenId token(int token) {
        return tokens.id(token);
    }

    /** A token as it is used: some often, most hardly ever. */
    int draw(RandomGenerator by) {
        return (int) (zipf.draw(by) * SCATTER % tokens.size());
    }

    /** Who owns an account, and changes its tokens. */
    static Actor owner(int account) {
        return new Actor(Actor.Kind.OWNER, "user-" + account);
    }

    void happen(Happening.Listener listener) throws SQLException {
        for (int account = 0; account < accounts(); account++) {
            happens(account, new AccountOpened("Account " + account), listener);
        }
        for (int token = 0; token < tokens.size(); token++) {
            happens(token, created(token), owner(token / TOKENS_PER_ACCOUNT), listener);
        }
        int paid = 0;
        while (written < events) {
            if (paid < MONTHS && !now().isBefore(month(paid))) {
                for (int account = 0; account < accounts(); account++) {
                    happens(account, new BalanceCredited(CREDIT, "invoice-" + paid), listener);
                }
                paid++;
            } else {
                int token = drawOneWithRoom();
                TokenEvent event = event(token);
                happens(token, event, actor(token, event), listener);
            }
        }
    }

    private Instant month(int number) {
        return beginning.atOffset(ZoneOffset.UTC).plusMonths(number).toInstant();
    }

    private int drawOneWithRoom() {
        int token = draw(random);
        while (next[token] >= MOST_EVENTS_EACH) {
            token = random.nextInt(tokens.size());
        }
        return token;
    }

    private TokenCreated created(int token) {
        TokenCreated created = tokens.created(token, pepper);
        Restrictions restrictions = created.restrictions();
        return new TokenCreated(
                created.accountId(),
                name(token),
                "group-" + token % GROUPS,
                new Restrictions(
                        restrictions.quotaLimit() == null
                                ? null
                                : random.nextLong(LIMIT_MIN, LIMIT_MAX),
                        restrictions.models(),
                        restrictions.ipAllowlist(),
                        restrictions.expiresAt() == null
                                ? null
                                : end.plus(Duration.ofHours(random.nextInt(-1_000, 8_000)))),
                created.lookupHash(),
                created.mask());
    }

    private String name(int token) {
        return WORDS.get(random.nextInt(WORDS.size()))
                + "-"
                + STAGES.get(random.nextInt(STAGES.size()))
                + "-"
                + token;
    }

    /** Of a thousand events 962 are consumptions. */
    private TokenEvent event(int token) {
        int dice = random.nextInt(1_000);
        if (dice < 20) {
            return new TokenRenamed(name(token));
        }
        if (dice < 25) {
            return new QuotaLimitChanged(random.nextLong(LIMIT_MIN, LIMIT_MAX));
        }
        if (dice < 35) {
            return new SecretRevealed(RevealedAs.COPY_TOKEN);
        }
        if (dice < 38) {
            return new TokenDisabled("leaked");
        }
        long amount = 1L + random.nextInt(AMOUNT_MAX);
        totals[token] += amount;
        return new QuotaConsumed(
                Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX),
                amount,
                MODELS.get(random.nextInt(MODELS.size())),
                totals[token],
                false);
    }

    private static Actor actor(int token, TokenEvent event) {
        return event instanceof QuotaConsumed
                ? new Actor(Actor.Kind.GATEWAY, "edge-" + token % GATEWAYS)
                : owner(token / TOKENS_PER_ACCOUNT);
    }

    private void happens(int account, AccountEvent event, Happening.Listener listener)
            throws SQLException {
        listener.told(
                new Happening(
                        sequence.next(account(account), nextOfAccount[account], event, now()),
                        event,
                        account,
                        Happening.NONE));
        nextOfAccount[account]++;
        written++;
    }

    private void happens(int token, TokenEvent event, Actor by, Happening.Listener listener)
            throws SQLException {
        listener.told(
                new Happening(
                        sequence.next(token(token), next[token], event, now(), by),
                        event,
                        token / TOKENS_PER_ACCOUNT,
                        token));
        next[token]++;
        written++;
    }

    /** Events are spread over the year evenly. */
    private Instant now() {
        return beginning.plusMillis(
                Duration.between(beginning, end).toMillis()
                        * Math.min(written, events - 1)
                        / events);
    }
}
