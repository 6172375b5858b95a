package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;

/**
 * Names a fact that may be recorded once only: the first 128 bits of SHA-256 over the kind of fact,
 * the stream, and the name the outside world gave the fact. Unique in the event store, whatever
 * road a repetition takes.
 */
public record OnceKey(UUID value) {
    /** A digest is half as fast again where it is made anew for each key. */
    private static final ThreadLocal<MessageDigest> SHA_256 =
            ThreadLocal.withInitial(OnceKey::sha256);

    public static OnceKey ofUsage(TokenId token, String usageId) {
        return of('u', token, usageId);
    }

    public static OnceKey ofCredit(AccountId account, String reference) {
        return of('c', account, reference);
    }

    public static OnceKey ofRefund(TokenId token, String usageId) {
        return of('r', token, usageId);
    }

    /** No two tokens ever had the same secret. */
    public static OnceKey ofSecret(LookupHash hash) {
        return of('s', CatalogId.CATALOG, hash.toString());
    }

    /** The key under which an event is recorded; empty for events that may recur. */
    public static Optional<OnceKey> of(StreamId stream, LedgerEvent event) {
        return switch (event) {
            case TokenCreated created -> Optional.of(ofSecret(created.lookupHash()));
            case SecretRotated rotated -> Optional.of(ofSecret(rotated.lookupHash()));
            case QuotaConsumed consumed when stream instanceof TokenId token ->
                    Optional.of(ofUsage(token, consumed.usageId()));
            case QuotaRefunded refunded when stream instanceof TokenId token ->
                    Optional.of(ofRefund(token, refunded.usageId()));
            case BalanceCredited credited when stream instanceof AccountId account ->
                    Optional.of(ofCredit(account, credited.reference()));
            case LedgerEvent _ -> Optional.empty();
        };
    }

    private static OnceKey of(char kind, StreamId stream, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(18 + text.length);
        input.putChar(kind);
        input.putLong(stream.uuid().getMostSignificantBits());
        input.putLong(stream.uuid().getLeastSignificantBits());
        input.put(text);
        ByteBuffer hash = ByteBuffer.wrap(SHA_256.get().digest(input.array()));
        return new OnceKey(new UUID(hash.getLong(), hash.getLong()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
