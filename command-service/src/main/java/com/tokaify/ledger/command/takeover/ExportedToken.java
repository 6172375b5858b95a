package com.tokaify.ledger.command.takeover;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.SecretDigest;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token as another system has exported it, by the names that one-api and new-api give its fields.
 * Fields nobody here needs are passed over. Holds a secret: never logged, never serialized.
 */
final class ExportedToken {
    private static final int ENABLED = 1;
    private static final int DISABLED = 2;
    private static final int EXHAUSTED = 4;
    private static final String ONE_API = "one-api";
    private static final String NEW_API = "new-api";

    /** Shown of a secret of which only the hash is known. */
    private static final String UNKNOWN_MASK = "sk-" + "*".repeat(18);

    private final Map<String, String> fields;

    /**
     * @param fields by name, each as text; one that is absent or null is not in it
     */
    ExportedToken(Map<String, String> fields) {
        this.fields = Map.copyOf(fields);
    }

    /** Null where the field is absent or has no text. */
    private @Nullable String text(String field) {
        String text = fields.get(field);
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** What the secret is recognised by, and the secret itself where the export has it. */
    ExportedSecret secret() {
        String key = text("key");
        String digest = text("key_sha256");
        if (key != null && digest != null) {
            throw new InvalidField("key_sha256", "must be absent where there is a key");
        }
        if (key != null) {
            TokenSecret secret =
                    TokenSecret.parse(key)
                            .or(() -> TokenSecret.parseForeign(key))
                            .orElseThrow(() ->
                                    new InvalidField(
                                            "key",
                                            "must be a whole key, 32 to 128 letters and digits"
                                                    + " with or without sk-; 48 that begin with"
                                                    + " tkf only where this ledger made them"));
            return new ExportedSecret.Known(secret);
        }
        if (digest == null) {
            throw new InvalidField("key", "is required, or key_sha256 instead");
        }
        String mask = text("mask");
        return new ExportedSecret.Hashed(
                SecretDigest.parse("key_sha256", digest),
                mask == null ? UNKNOWN_MASK : FieldRules.mask("mask", mask));
    }

    String name() {
        return FieldRules.name("name", text("name"));
    }

    /** The business group it was in; null where it had none. */
    @Nullable String group() {
        String group = text("group");
        return group == null ? null : FieldRules.group("group", group);
    }

    /** Units it may still consume; null is unlimited. What it had overdrawn is not taken over. */
    @Nullable Long quotaLimit() {
        if (flag("unlimited_quota")) {
            return null;
        }
        String remaining = text("remain_quota");
        if (remaining == null) {
            throw new InvalidField("remain_quota", "is required unless unlimited_quota is true");
        }
        return FieldRules.limit("remain_quota", Math.max(0, number("remain_quota", remaining)));
    }

    /** Units it had consumed. */
    long usedBefore() {
        String used = text("used_quota");
        return used == null ? 0 : FieldRules.total("used_quota", number("used_quota", used));
    }

    /** The only models it could use; null is any. */
    @Nullable List<String> models() {
        if (fields.containsKey("model_limits_enabled")) {
            return flag("model_limits_enabled")
                    ? FieldRules.optionalModels("model_limits", parts("model_limits", ","))
                    : null;
        }
        List<String> models = parts("models", ",");
        return models.isEmpty() ? null : FieldRules.optionalModels("models", models);
    }

    /** The only addresses it could be used from; null is any. */
    @Nullable List<IpRange> ipAllowlist() {
        String field = text("allow_ips") == null ? "subnet" : "allow_ips";
        List<String> ranges = parts(field, "[,\\s]+");
        return ranges.isEmpty() ? null : IpRange.parseAllowlist(field, ranges);
    }

    /**
     * When it expires; null is never.
     *
     * @param now an expired token is not taken over
     */
    @Nullable Instant expiresAt(Instant now) {
        String text = text("expired_time");
        long seconds = text == null ? 0 : number("expired_time", text);
        if (seconds == 0 || seconds == -1) {
            return null;
        }
        if (seconds < 0 || seconds > FieldRules.MAX_TOTAL) {
            throw new InvalidField("expired_time", "must be seconds since 1970, or -1 for never");
        }
        Instant at = FieldRules.instant("expired_time", Instant.ofEpochSecond(seconds));
        if (!at.isAfter(now)) {
            throw new InvalidField("expired_time", "must be in the future");
        }
        return at;
    }

    /** Whether it was switched off; expired and exhausted are no switches. */
    boolean disabled() {
        String text = text("status");
        long status = text == null ? ENABLED : number("status", text);
        if (status < ENABLED || status > EXHAUSTED) {
            throw new InvalidField(
                    "status", "must be 1 enabled, 2 disabled, 3 expired or 4 exhausted");
        }
        return status == DISABLED;
    }

    /** The system it comes from, by the fields that only one of them has. */
    String source() {
        return fields.containsKey("models") || fields.containsKey("subnet") ? ONE_API : NEW_API;
    }

    /** What it was called there; null where the export does not say. */
    @Nullable String sourceId() {
        return FieldRules.optionalText("id", text("id"), 100);
    }

    private List<String> parts(String field, String separator) {
        String text = text(field);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(separator))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    /** Databases export truth as a number, APIs as a word. */
    private boolean flag(String field) {
        String text = text(field);
        return switch (text == null ? "false" : text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "t" -> true;
            case "false", "0", "f" -> false;
            case String _ -> throw new InvalidField(field, "must be true or false");
        };
    }

    private static long number(String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidField(field, "must be a whole number");
        }
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
