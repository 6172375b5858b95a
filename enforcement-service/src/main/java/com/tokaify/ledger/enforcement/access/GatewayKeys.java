package com.tokaify.ledger.enforcement.access;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.Role;
import com.tokaify.ledger.service.access.Scope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The gateways that are known by a static key. What is configured is a digest of each key, so that
 * whoever reads the configuration cannot ask in a gateway's name; a key is long and random, so a
 * plain SHA-256 of it cannot be searched through, and costs a check next to nothing. Any number of
 * threads.
 */
public final class GatewayKeys {
    /** A key is compared with all of them, so that time does not tell which one it resembles. */
    static final int MOST = 100;

    private static final String VARIABLE = "LEDGER_GATEWAY_KEYS";
    private static final int MAX_KEY = 512;

    /** A name, the account it is bound to where there is one, and 64 digits of a SHA-256. */
    private static final Pattern ENTRY =
            Pattern.compile("([A-Za-z0-9._/-]{1,64})(?:@(acc_[^=]*))?=([0-9A-Fa-f]{64})");

    /** One a thread: looking the algorithm up costs more than the digest. */
    private static final ThreadLocal<MessageDigest> SHA_256 =
            ThreadLocal.withInitial(GatewayKeys::sha256);

    private final List<Known> all;

    private GatewayKeys(List<Known> all) {
        this.all = all;
    }

    private static final class Known {
        private final byte[] digest;
        private final Access access;

        private Known(byte[] digest, Access access) {
            this.digest = digest;
            this.access = access;
        }
    }

    /**
     * @param entries each {@code name=digest}, or {@code name@acc_…=digest} of a gateway that may
     *     know of one account alone; a name may have several keys, while one replaces another
     * @throws InvalidField where one is none
     */
    public static GatewayKeys parse(List<String> entries) {
        if (entries.size() > MOST) {
            throw new InvalidField(VARIABLE, "must have at most " + MOST + " keys");
        }
        return new GatewayKeys(entries.stream().map(GatewayKeys::known).toList());
    }

    /** The complaint does not repeat the entry: it may be a key, put where its digest belongs. */
    private static Known known(String entry) {
        Matcher parts = ENTRY.matcher(entry.strip());
        if (!parts.matches()) {
            throw new InvalidField(
                    VARIABLE,
                    "must be name=digest or name@acc_…=digest, separated by commas, each digest"
                            + " the 64 hexadecimal digits of a key's SHA-256");
        }
        String account = parts.group(2);
        return new Known(
                HexFormat.of().parseHex(parts.group(3)),
                new Access(
                        new Actor(Actor.Kind.GATEWAY, parts.group(1)),
                        Role.GATEWAY,
                        account == null
                                ? new Scope.EveryAccount()
                                : new Scope.OneAccount(AccountId.parse(account)),
                        null));
    }

    /** What is configured for a key. */
    public static String digest(String key) {
        return HexFormat.of().formatHex(hashed(key));
    }

    private static byte[] hashed(String key) {
        return SHA_256.get().digest(key.getBytes(StandardCharsets.UTF_8));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * @return null where it is no gateway's
     */
    @Nullable Access find(String key) {
        if (all.isEmpty() || key.length() > MAX_KEY) {
            return null;
        }
        byte[] digest = hashed(key);
        Access found = null;
        for (Known known : all) {
            if (MessageDigest.isEqual(known.digest, digest)) {
                found = known.access;
            }
        }
        return found;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return all.size() + " gateway keys";
    }
}
