package com.tokaify.ledger.command.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.SecretDigest;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportedTokenTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final String KEY = "aB3".repeat(16);

    private static ExportedToken token(String... fields) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put(fields[i], fields[i + 1]);
        }
        return new ExportedToken(map);
    }

    private static void assertBreaks(String field, String rule, Runnable reading) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(reading::run)
                .satisfies(e -> {
                    assertThat(e.field()).isEqualTo(field);
                    assertThat(e.rule()).isEqualTo(rule);
                });
    }

    /** A key is taken as the database holds it, as people use it, or where it is one of ours. */
    @Test
    void takesEveryWholeKey() {
        String own = TokenSecret.generate(new SecureRandom()).reveal();
        for (String key : List.of(KEY, "sk-" + KEY, " " + KEY + " ", own)) {
            assertThat(token("key", key).secret())
                    .isInstanceOfSatisfying(
                            ExportedSecret.Known.class,
                            known ->
                                    assertThat(known.secret().reveal())
                                            .isEqualTo(key.equals(own) ? own : "sk-" + KEY));
        }
        assertThat(token("key", KEY).secret().mask()).isEqualTo("sk-aB3a**********3aB3");
    }

    /** Of another length than ours, the same beginning is nobody's. */
    @ParameterizedTest
    @ValueSource(ints = {47, 49})
    void takesAKeyThatOnlyBeginsLikeOurs(int length) {
        String key = "tkf" + "x".repeat(length - 3);
        assertThat(token("key", key).secret().mask()).isEqualTo("sk-tkfx**********xxxx");
    }

    /**
     * A masked, cut or mistyped key is refused, and never repeated in the refusal. So is one that
     * gateways would take for a mistyped one of ours.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-aB3a**********3aB3",
                "abc",
                "aB3aB3aB3aB3aB3-aB3aB3aB3aB3aB3aB3",
                "tkfaB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3"
            })
    void refusesWhatIsNoWholeKey(String key) {
        assertBreaks(
                "key",
                "must be a whole key, 32 to 128 letters and digits with or without sk-; 48 that"
                        + " begin with tkf only where this ledger made them",
                () -> token("key", key).secret());
    }

    /** A hash stands for a key nobody wants to hand over; there is one or the other. */
    @Test
    void takesAHashInsteadOfAKey() {
        String hash = "0123456789abcdef".repeat(4);
        assertThat(token("key_sha256", hash).secret())
                .isInstanceOfSatisfying(
                        ExportedSecret.Hashed.class,
                        hashed -> {
                            assertThat(hashed.digest()).isInstanceOf(SecretDigest.class);
                            assertThat(hashed.mask()).isEqualTo("sk-******************");
                        });
        assertThat(token("key_sha256", hash, "mask", "sk-abcd***wxyz").secret().mask())
                .isEqualTo("sk-abcd***wxyz");
        assertBreaks(
                "key_sha256",
                "must be absent where there is a key",
                () -> token("key", KEY, "key_sha256", hash).secret());
        assertBreaks("key", "is required, or key_sha256 instead", () -> token().secret());
        assertBreaks(
                "key_sha256",
                "must be SHA-256 in 64 hexadecimal digits",
                () -> token("key_sha256", "abc").secret());
        assertBreaks(
                "mask",
                "must have 1 to 21 printable ASCII characters without spaces, too few for a"
                        + " secret",
                () -> token("key_sha256", hash, "mask", "sk-" + KEY).secret());
    }

    /** What is left is the limit; what was used is told apart; what was overdrawn is forgiven. */
    @Test
    void readsQuotas() {
        assertThat(token("remain_quota", "500000").quotaLimit()).isEqualTo(500_000);
        assertThat(token("remain_quota", "-7").quotaLimit()).isZero();
        assertThat(token("remain_quota", "0", "unlimited_quota", "true").quotaLimit()).isNull();
        assertThat(token("remain_quota", "9", "unlimited_quota", "0").quotaLimit()).isEqualTo(9);
        assertThat(token("used_quota", "12").usedBefore()).isEqualTo(12);
        assertThat(token().usedBefore()).isZero();
        assertBreaks(
                "remain_quota",
                "is required unless unlimited_quota is true",
                () -> token().quotaLimit());
        assertBreaks(
                "remain_quota",
                "must be 0 to 500000000000000 units",
                () -> token("remain_quota", "500000000000001").quotaLimit());
        assertBreaks(
                "used_quota",
                "must be a whole number",
                () -> token("used_quota", "1.5").usedBefore());
        assertBreaks(
                "unlimited_quota",
                "must be true or false",
                () -> token("unlimited_quota", "perhaps").quotaLimit());
    }

    /** Seconds, where both systems have their own word for never. */
    @Test
    void readsWhenItExpires() {
        assertThat(token("expired_time", "-1").expiresAt(NOW)).isNull();
        assertThat(token("expired_time", "0").expiresAt(NOW)).isNull();
        assertThat(token().expiresAt(NOW)).isNull();
        long later = NOW.getEpochSecond() + 1;
        assertThat(token("expired_time", "" + later).expiresAt(NOW)).isEqualTo(NOW.plusSeconds(1));
        assertBreaks(
                "expired_time",
                "must be in the future",
                () -> token("expired_time", "" + NOW.getEpochSecond()).expiresAt(NOW));
        for (String never : List.of("-2", "9223372036854775807")) {
            assertBreaks(
                    "expired_time",
                    "must be seconds since 1970, or -1 for never",
                    () -> token("expired_time", never).expiresAt(NOW));
        }
    }

    /** Only what people switched off is off: an end of time or quota is derived here. */
    @ParameterizedTest
    @CsvSource({"1,false", "2,true", "3,false", "4,false"})
    void readsTheSwitch(String status, boolean disabled) {
        assertThat(token("status", status).disabled()).isEqualTo(disabled);
        assertThat(token().disabled()).isFalse();
        assertBreaks(
                "status",
                "must be 1 enabled, 2 disabled, 3 expired or 4 exhausted",
                () -> token("status", "5").disabled());
    }

    /**
     * A list that is switched off restricts nothing; one that is on and empty is no wish of any.
     */
    @Test
    void readsModels() {
        assertThat(token("models", "gpt-4o, o3,").models()).containsExactly("gpt-4o", "o3");
        assertThat(token("models", "").models()).isNull();
        assertThat(token("model_limits_enabled", "false", "model_limits", "gpt-4o").models())
                .isNull();
        assertThat(token("model_limits_enabled", "1", "model_limits", "gpt-4o,o3").models())
                .containsExactly("gpt-4o", "o3");
        assertBreaks(
                "model_limits",
                "must name 1 to 500 models, or be absent for any",
                () -> token("model_limits_enabled", "true", "model_limits", "").models());
        assertBreaks(
                "models[1]",
                "must have 1 to 200 printable ASCII characters without spaces",
                () -> token("models", "gpt-4o,gpt 4").models());
    }

    /** Addresses stand on lines or between commas. */
    @Test
    void readsAddresses() {
        List<IpRange> both = List.of(IpRange.parse("10.0.0.0/8"), IpRange.parse("2001:db8::1"));
        assertThat(token("allow_ips", "10.0.0.0/8\n2001:db8::1\n").ipAllowlist()).isEqualTo(both);
        assertThat(token("allow_ips", "10.0.0.0/8,2001:db8::1").ipAllowlist()).isEqualTo(both);
        assertThat(token("subnet", "10.0.0.0/8, 2001:db8::1").ipAllowlist()).isEqualTo(both);
        assertThat(token("allow_ips", " \n").ipAllowlist()).isNull();
        assertBreaks(
                "allow_ips[1]",
                "must be an IPv4 or IPv6 address or a CIDR block, not 'office'",
                () -> token("allow_ips", "10.0.0.1\noffice").ipAllowlist());
    }

    /** The fields tell which system it was. */
    @Test
    void tellsWhereItComesFrom() {
        assertThat(token("id", "7", "models", "").source()).isEqualTo("one-api");
        assertThat(token("id", "7", "allow_ips", "").source()).isEqualTo("new-api");
        assertThat(token("id", "7").sourceId()).isEqualTo("7");
        assertThat(token().sourceId()).isNull();
    }

    /** A slip of a log call prints nothing. */
    @Test
    void hidesItself() {
        assertThat(token("key", KEY)).hasToString("[hidden]");
        assertThat(token("key", KEY).secret().toString()).doesNotContain(KEY);
    }
}
