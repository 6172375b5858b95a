package com.tokaify.ledger.events.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.InvalidField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupHashTest {

    /** All 256 bits stand in the text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "__________________________________________8",
                "MRAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuwQ"
            })
    void hashIsReadBackFromItsText(String text) {
        assertThat(LookupHash.parse(text)).hasToString(text);
    }

    /** A hash has one text only: no padding, no other alphabet, no bits nobody reads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MRAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuw",
                "MRAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuwQA",
                "MRAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuwQ=",
                "MRAtFtu+WDZhmvuF3iTKrSB/odb2FmdTpaSdnfgBuwQ",
                "MRAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuwR",
                " RAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuwQ"
            })
    void malformedTextIsRefused(String text) {
        assertThatThrownBy(() -> LookupHash.parse(text))
                .isInstanceOf(InvalidField.class)
                .hasMessage("lookupHash must be 32 bytes in base64url");
    }
}
