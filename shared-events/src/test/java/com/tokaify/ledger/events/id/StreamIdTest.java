package com.tokaify.ledger.events.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.InvalidField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdTest {

    /** A stream's kind is told by its text alone. */
    @Test
    void streamIsToldByItsPrefix() {
        assertThat(StreamId.parse("tok_01h455vb4pex5vsknk084sn02q")).isInstanceOf(TokenId.class);
        assertThat(StreamId.parse("acc_01h455vb4pex5vsknk084sn02q")).isInstanceOf(AccountId.class);
        assertThat(StreamId.parse("catalog")).isEqualTo(CatalogId.CATALOG);
    }

    /** Whatever is no stream is refused with the field that is wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"", "catalog2", "Catalog", "usr_01h455vb4pex5vsknk084sn02q", "tok_x"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> StreamId.parse(text)).isInstanceOf(InvalidField.class);
    }
}
