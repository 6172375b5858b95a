package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.enforcement.decision.Held;
import com.tokaify.ledger.enforcement.decision.InFlight;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The sums of all that is in flight, by account and by token: what every check subtracts. Any
 * number of threads, no locks for readers; most of the time there is nothing of an account, which
 * costs a check one look. In memory only: after a restart nothing is held, as every hold ends by
 * itself.
 */
public final class UnitsInFlight implements InFlight {
    private final ConcurrentMap<AccountId, Long> accounts = new ConcurrentHashMap<>();
    private final ConcurrentMap<TokenId, OfToken> tokens = new ConcurrentHashMap<>();

    private record OfToken(long units, Map<String, Long> models) {}

    /** Units of one call. */
    public record Hold(AccountId account, TokenId token, @Nullable String model, long units) {}

    @Override
    public Held of(AccountId account, TokenId token) {
        Long ofAccount = accounts.get(account);
        if (ofAccount == null) {
            return Held.NONE;
        }
        OfToken ofToken = tokens.get(token);
        return ofToken == null
                ? new Held(ofAccount, 0, Map.of())
                : new Held(ofAccount, ofToken.units(), ofToken.models());
    }

    /** The account first: whoever finds nothing of it need not look further. */
    public void add(Hold hold) {
        accounts.merge(hold.account(), hold.units(), Long::sum);
        tokens.compute(hold.token(), (_, before) -> plus(before, hold.model(), hold.units()));
    }

    public void remove(Hold hold) {
        tokens.compute(hold.token(), (_, before) -> plus(before, hold.model(), -hold.units()));
        accounts.compute(hold.account(), (_, before) -> orNone(before, -hold.units()));
    }

    private static @Nullable OfToken plus(
            @Nullable OfToken before, @Nullable String model, long units) {
        long after = (before == null ? 0 : before.units()) + units;
        if (after == 0) {
            return null;
        }
        Map<String, Long> models = before == null ? Map.of() : before.models();
        return new OfToken(after, model == null ? models : plus(models, model, units));
    }

    private static Map<String, Long> plus(Map<String, Long> models, String model, long units) {
        Map<String, Long> after = new HashMap<>(models);
        after.compute(model, (_, before) -> orNone(before, units));
        return Map.copyOf(after);
    }

    private static @Nullable Long orNone(@Nullable Long before, long units) {
        long after = (before == null ? 0 : before) + units;
        return after == 0 ? null : (Long) after;
    }
}
