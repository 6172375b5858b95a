package com.tokaify.ledger.audit.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OnceTableTest {

    /** However many there are: each is new once, and known with its amount ever after. */
    @Test
    void eachIsNewOnce() {
        OnceTable table = new OnceTable();
        for (int i = 0; i < 100_000; i++) {
            assertThat(table.add(fingerprint(i), i)).isTrue();
        }
        for (int i = 0; i < 100_000; i++) {
            assertThat(table.amount(fingerprint(i))).isEqualTo(i);
            assertThat(table.add(fingerprint(i), 0)).isFalse();
        }
        assertThat(table.amount(fingerprint(100_000))).isEqualTo(-1);
    }

    /** The empty place is no fingerprint. */
    @Test
    void zeroIsAFingerprintToo() {
        OnceTable table = new OnceTable();

        assertThat(table.amount(0)).isEqualTo(-1);
        assertThat(table.add(0, 7)).isTrue();
        assertThat(table.add(0, 7)).isFalse();
        assertThat(table.amount(0)).isEqualTo(7);
    }

    /** Where one text ends and the other begins is part of the name. */
    @Test
    void namesAreNotRunTogether() {
        assertThat(OnceTable.fingerprint(1, "ab", "c"))
                .isNotEqualTo(OnceTable.fingerprint(1, "a", "bc"))
                .isNotEqualTo(OnceTable.fingerprint(2, "ab", "c"))
                .isEqualTo(OnceTable.fingerprint(1, "ab", "c"));
    }

    /** A name is one of its stream: two tokens may each have a usage that is called alike. */
    @Test
    void namesOfTwoStreamsAreTwo() {
        assertThat(OnceTable.fingerprint(1, "tok_a", "call-1"))
                .isNotEqualTo(OnceTable.fingerprint(1, "tok_b", "call-1"))
                .isNotEqualTo(OnceTable.fingerprint(1, "tok_a", "call-2"));
    }

    private static long fingerprint(int i) {
        return OnceTable.fingerprint(42, "tok_" + i % 100, "usage-" + i);
    }
}
