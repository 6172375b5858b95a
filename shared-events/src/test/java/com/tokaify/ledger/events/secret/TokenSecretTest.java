package com.tokaify.ledger.events.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSecretTest {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Its checksum was computed by another implementation of CRC-32. */
    private static final String KEY = "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc1XFe8s";

    /** People paste keys with whatever stood around them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                KEY,
                "sk-" + KEY,
                "Bearer sk-" + KEY,
                "bearer sk-" + KEY,
                "BEARER   " + KEY,
                "  sk-" + KEY + "\n"
            })
    void keyIsReadWithAndWithoutPrefixes(String text) {
        assertThat(TokenSecret.parse(text))
                .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo("sk-" + KEY));
    }

    /** A generated key is read back, has 48 base62 characters, and never comes twice. */
    @Test
    void generatedKeyIsReadBack() {
        SecureRandom random = new SecureRandom();
        Set<String> seen = new HashSet<>();
        Set<Integer> letters = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String key = TokenSecret.generate(random).reveal();

            assertThat(key).matches("sk-tkf[0-9A-Za-z]{45}");
            assertThat(TokenSecret.parse(key))
                    .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo(key));
            assertThat(seen.add(key)).as("%s is new", key).isTrue();
            key.substring("sk-tkf".length(), key.length() - 6).chars().forEach(letters::add);
        }
        assertThat(letters).hasSize(ALPHABET.length());
    }

    /** A right checksum alone makes no key of ours: whoever reads this can compute one. */
    @ParameterizedTest
    @CsvSource({
        "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc, true",
        "tkg0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc, false",
        "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZab-, false",
        "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabé, false",
        "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZab, false",
        "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcd, false"
    })
    void aRightChecksumAloneIsNoKey(String text, boolean ours) {
        assertThat(TokenSecret.parse(text + checksum(text)).isPresent()).isEqualTo(ours);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(US_ASCII));
        StringBuilder digits = new StringBuilder();
        for (long rest = crc.getValue(); digits.length() < 6; rest /= 62) {
            digits.insert(0, ALPHABET.charAt((int) (rest % 62)));
        }
        return digits.toString();
    }

    /** Every mistyped character is noticed, wherever it is and whatever it became. */
    @Test
    void everyChangedCharacterIsRefused() {
        for (int position = 0; position < KEY.length(); position++) {
            for (int i = 0; i < ALPHABET.length(); i++) {
                String changed =
                        KEY.substring(0, position)
                                + ALPHABET.charAt(i)
                                + KEY.substring(position + 1);
                assertThat(TokenSecret.parse(changed).isPresent())
                        .as(changed)
                        .isEqualTo(changed.equals(KEY));
            }
        }
    }

    /** Two neighbours swapped, the other common slip, is noticed too. */
    @Test
    void swappedNeighboursAreRefused() {
        for (int i = 0; i + 1 < KEY.length(); i++) {
            String swapped =
                    KEY.substring(0, i) + KEY.charAt(i + 1) + KEY.charAt(i) + KEY.substring(i + 2);
            assertThat(TokenSecret.parse(swapped)).as(swapped).isEmpty();
        }
    }

    /** What cannot be a key of ours is refused before any lookup. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "sk-",
                "Bearer",
                "Bearer sk-",
                "sk-sk-" + KEY,
                "Bearer Bearer " + KEY,
                "Basic " + KEY,
                "tkf",
                "sk-tkf",
                "SK-" + KEY,
                KEY + "0",
                "0" + KEY,
                "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc1XFe8",
                "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZab-1XFe8s",
                "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZab\u00e91XFe8s",
                "xyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc1XFe8s"
            })
    void anythingElseIsRefused(String text) {
        assertThat(TokenSecret.parse(text)).isEmpty();
    }

    /** Lists show the first four characters and the last four, and nothing between them. */
    @Test
    void maskShowsTheEndsOnly() {
        assertThat(secret().mask()).isEqualTo("sk-tkf0**********Fe8s");
    }

    /** A secret that gets into a log or a message by mistake shows nothing. */
    @Test
    void textOfTheObjectHidesTheSecret() {
        assertThat(secret().toString()).isEqualTo("[hidden]");
    }

    /** A key of another system is kept as it is, whatever its length, and masked like ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdefghijklmnopqrstuv",
                "aBcD0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc1XyZ9",
                "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcd",
                "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzAZ"
                        + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzaz"
            })
    void foreignKeyIsReadWithAndWithoutPrefixes(String key) {
        for (String text : List.of(key, "sk-" + key, "Bearer sk-" + key)) {
            TokenSecret secret = TokenSecret.parseForeign(text).orElseThrow();

            assertThat(secret.reveal()).isEqualTo("sk-" + key);
            assertThat(secret.mask())
                    .isEqualTo(
                            "sk-"
                                    + key.substring(0, 4)
                                    + "**********"
                                    + key.substring(key.length() - 4));
            assertThat(TokenSecret.parse(text)).isEmpty();
        }
    }

    /**
     * Nothing with our own mark and length passes as foreign: a mistyped key of ours stays refused.
     */
    @Test
    void ourOwnKeyIsNeverForeign() {
        String mistyped = KEY.substring(0, KEY.length() - 1) + "0";

        assertThat(TokenSecret.parseForeign(KEY)).isEmpty();
        assertThat(TokenSecret.parseForeign(mistyped)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sk-",
                "0123456789abcdefghijklmnopqrstu",
                "0123456789abcdefghijklmnopqrst-v",
                "0123456789abcdefghijklmnopqrst v",
                "0123456789abcdefghijklmnopqrst/v",
                "0123456789abcdefghijklmnopqrst:v",
                "0123456789abcdefghijklmnopqrst@v",
                "0123456789abcdefghijklmnopqrst[v",
                "0123456789abcdefghijklmnopqrst`v",
                "0123456789abcdefghijklmnopqrst{v",
                "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzAZ"
                        + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzazX"
            })
    void whatIsTooShortTooLongOrNotBase62IsNotForeign(String text) {
        assertThat(TokenSecret.parseForeign(text)).isEmpty();
    }

    private static TokenSecret secret() {
        return TokenSecret.parse(KEY).orElseThrow();
    }
}
