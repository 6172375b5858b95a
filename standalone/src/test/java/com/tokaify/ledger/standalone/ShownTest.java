package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page may show, and a ledger say instead. */
class ShownTest {
    private static final String ONE = "tok_01m83sn8rbe948dfv8x9w659jc";
    private static final String OTHER = "tok_01m8hpxy2se3x8epv4hkrnwn70";
    private static final String THIRD = "tok_01m8qbxkz2epgamvv9raqfxf1f";

    private final Shown shown = new Shown();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"a":1}                             | {"a":1}                                   | true
                    {"a":1}                             | {"a":2}                                   | false
                    {"a":1}                             | {"a":1,"b":2}                             | false
                    {"a":1,…}                           | {"a":1,"b":2}                             | true
                    {…,"b":2}                           | {"a":1,"b":2}                             | true
                    {"a":1,…}                           | {"a":2,"b":2}                             | false
                    { "a": 1 }                          | {"a":1}                                   | true
                    {"at":"2026-11-30T08:51:44.523562Z"}| {"at":"2027-01-02T03:04:05Z"}             | true
                    {"at":"2026-11-30T08:51:44.523562Z"}| {"at":null}                               | false
                    {"at":"2099-01-01T00:00:00Z"}       | {"at":"2099-01-01T00:00:01Z"}             | false
                    {"position":"34:1"}                 | {"position":"7:1234"}                     | true
                    {"position":"34:1"}                 | {"position":34}                           | false
                    Ledger-Position: 34:1               | Ledger-Position: 34:1                     | true
                    "acc_01m83sn7z7exbbad962c652dg4"    | "tok_01m83sn8rbe948dfv8x9w659jc"          | false
                    "sk-tkfI**********rTxt"             | "sk-tkfA**********bcde"                   | true
                    "sk-tkfI**********rTxt"             | "sk-tkfAB*********bcde"                   | false
                    """)
    void onlyWhatIsAnotherOneInEveryLedgerMayDiffer(String page, String ledger, boolean same) {
        assertThat(shown.isSaid(page, ledger)).isEqualTo(same);
    }

    /** A page that shows the balance of one account as that of another is wrong. */
    @Test
    void theSameNameIsTheSameThingAndAnotherIsAnother() {
        assertThat(shown.isSaid("tok_01abc…", ONE)).isTrue();
        assertThat(shown.isSaid("tok_01abc… tok_01xyz…", ONE + " " + OTHER)).isTrue();
        assertThat(shown.isSaid("tok_01xyz…", ONE)).isFalse();
        assertThat(shown.isSaid("tok_01xyz…", OTHER)).isTrue();
        assertThat(shown.isSaid("tok_02new…", OTHER)).isFalse();
        assertThat(shown.isSaid("tok_02new… = tok_02new…", THIRD + " = " + OTHER)).isFalse();
        assertThat(shown.isSaid("tok_02new… = tok_02new…", THIRD + " = " + THIRD)).isTrue();
    }

    /** Secrets are cut short on a page, and have 48 characters in a ledger. */
    @Test
    void aSecretIsKnownByItsLength() {
        String secret = "sk-tkf" + "A".repeat(45);

        assertThat(shown.isSaid("{\"secret\":\"sk-tkfI…rTxt\"}", "{\"secret\":\"" + secret + "\"}"))
                .isTrue();
        assertThat(shown.isSaid("\"sk-tkfQ…rTxt\"", '"' + secret + "A\"")).isFalse();
    }
}
