package com.tokaify.ledger.enforcement.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.secret.Pepper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandlesTest {
    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @TempDir private Path folder;
    private Handles handles;

    @BeforeEach
    void aLedger() {
        handles = new Handles(TestLedger.pepper(folder));
    }

    /** Another instance of the ledger reads what this one has written. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"m", "gpt-5", "vendor/model:free"})
    void anyInstanceReadsAHandle(@Nullable String model) {
        Handle handle = handle(model);
        String text = handles.write(handle);

        assertThat(text).matches("rsv_[A-Za-z0-9_-]+");
        assertThat(new Handles(TestLedger.pepper(folder)).read(text)).contains(handle);
    }

    /** The longest model fits. */
    @Test
    void theLongestModelFits() {
        Handle handle = handle("m".repeat(200));
        assertThat(handles.read(handles.write(handle))).contains(handle);
    }

    /** Whatever letter of a handle is exchanged for whatever other, it is refused. */
    @Test
    void everyChangedLetterIsRefused() {
        String text = handles.write(handle("gpt-5"));
        for (int at = 0; at < text.length(); at++) {
            for (int letter = 0; letter < LETTERS.length(); letter++) {
                char other = LETTERS.charAt(letter);
                if (other != text.charAt(at)) {
                    String changed = text.substring(0, at) + other + text.substring(at + 1);
                    assertThat(handles.read(changed)).as(changed).isEmpty();
                }
            }
        }
    }

    /** Neither is a cut, a longer one, nor anything else a caller may think of. */
    @Test
    void whatIsNoHandleIsRefused() {
        String text = handles.write(handle(null));
        for (int length = 0; length < text.length(); length++) {
            assertThat(handles.read(text.substring(0, length))).isEmpty();
        }
        assertThat(handles.read(text + "A")).isEmpty();
        assertThat(handles.read(text + "=")).isEmpty();
        assertThat(handles.read("rsv_%00")).isEmpty();
        assertThat(handles.read("rsv_" + "A".repeat(10_000))).isEmpty();
    }

    /** A handle of another ledger is none of ours. */
    @Test
    void anotherPepperReadsNothing() throws Exception {
        byte[] bytes = new byte[32];
        bytes[0] = 1;
        Pepper other = Pepper.read(Files.write(folder.resolve("other"), bytes));
        assertThat(new Handles(other).read(handles.write(handle("gpt-5")))).isEmpty();
    }

    /** Two reservations are two usages, and a usage id passes the rules of the contract. */
    @Test
    void eachHandleHasAUsageIdOfItsOwn() {
        String one = handles.write(handle("gpt-5"));
        String other = handles.write(new Handle(TestLedger.token(1), "gpt-5", 5, instant(), 2));
        assertThat(Handles.usageIdOf(one))
                .isEqualTo(FieldRules.usageId("usageId", Handles.usageIdOf(one)))
                .isNotEqualTo(Handles.usageIdOf(other));
    }

    private static Handle handle(@Nullable String model) {
        return new Handle(TestLedger.token(1), model, 5, instant(), 1);
    }

    private static Instant instant() {
        return TestLedger.NOW;
    }
}
