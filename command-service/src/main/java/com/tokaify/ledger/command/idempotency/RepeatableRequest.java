package com.tokaify.ledger.command.idempotency;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.service.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A request its sender may repeat, recognised by its {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header-07).
 *
 * @param key names it among those of the same caller
 * @param fingerprint tells it from another request under the same key
 */
@SuppressWarnings("ArrayRecordComponent") // compared by RequestFingerprint alone
public record RepeatableRequest(UUID key, byte[] fingerprint) {
    public static final String HEADER = "Idempotency-Key";

    /** What a key must be like. */
    public static final String PATTERN = "^[!-~]{1,255}$";

    private static final Pattern KEY = Pattern.compile(PATTERN);

    /**
     * @return empty where the request has no key
     * @throws InvalidField where the key breaks the rule
     */
    public static Optional<RepeatableRequest> of(
            HttpServletRequest request, CommandContext context) {
        String key = request.getHeader(HEADER);
        if (key == null) {
            return Optional.empty();
        }
        if (!KEY.matcher(key).matches()) {
            throw new InvalidField(
                    HEADER, "must have 1 to 255 printable ASCII characters without spaces");
        }
        return Optional.of(
                new RepeatableRequest(
                        uuid(caller(context) + "\n" + key),
                        FingerprintFilter.fingerprintOf(request)));
    }

    /** Who acts for one account today and for another tomorrow is not the same caller. */
    private static String caller(CommandContext context) {
        return switch (context.scope()) {
            case Scope.EveryAccount _ -> context.actor().toString();
            case Scope.OneAccount(AccountId account) -> context.actor() + "\n" + account;
        };
    }

    private static UUID uuid(String text) {
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
        return new UUID(hash.getLong(), hash.getLong());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
