package com.tokaify.ledger.events.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.InvalidField;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeIdsTest {

    /** The text form is that of the TypeID specification: its own vectors, behind our prefixes. */
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000, 00000000-0000-0000-0000-000000000000",
        "00000000000000000000000001, 00000000-0000-0000-0000-000000000001",
        "0000000000000000000000000a, 00000000-0000-0000-0000-00000000000a",
        "0000000000000000000000000g, 00000000-0000-0000-0000-000000000010",
        "00000000000000000000000010, 00000000-0000-0000-0000-000000000020",
        "7zzzzzzzzzzzzzzzzzzzzzzzzz, ffffffff-ffff-ffff-ffff-ffffffffffff",
        "0123456789abcdefghjkmnpqrs, 0110c853-1d09-52d8-d73e-1194e95b5f19",
        "01h455vb4pex5vsknk084sn02q, 01890a5d-ac96-774b-bcce-b302099a8057"
    })
    void textIsThatOfTheSpecification(String text, UUID uuid) {
        assertThat(new TokenId(uuid)).hasToString("tok_" + text);
        assertThat(TokenId.parse("tok_" + text)).isEqualTo(new TokenId(uuid));
        assertThat(new AccountId(uuid)).hasToString("acc_" + text);
        assertThat(AccountId.parse("acc_" + text)).isEqualTo(new AccountId(uuid));
    }

    /** No bit of an id is lost in its text. */
    @Test
    void everyIdIsReadBackFromItsText() {
        Random random = new Random(20261123);
        for (int i = 0; i < 10_000; i++) {
            TokenId id = new TokenId(new UUID(random.nextLong(), random.nextLong()));
            assertThat(TokenId.parse(id.toString())).isEqualTo(id);
        }
    }

    /** Sorting the texts sorts by time: UUIDv7 begins with it and the alphabet keeps the order. */
    @Test
    void textsSortAsTheTimesOfTheIds() {
        Random random = new Random(20261123);
        List<String> texts = new ArrayList<>();
        for (long millis = 1; millis > 0 && millis < 1L << 48; millis = millis * 3 / 2 + 1) {
            long high = millis << 16 | 0x7000 | random.nextInt(1 << 12);
            long low = Long.MIN_VALUE | random.nextLong() >>> 2;
            texts.add(new TokenId(new UUID(high, low)).toString());
        }
        assertThat(texts).hasSizeGreaterThan(50).isSorted();
    }

    /** Only the one canonical text of an id is read: no other case, length, prefix or alphabet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tok_",
                "tok_1",
                "tok_01h455vb4pex5vsknk084sn02",
                "tok_01h455vb4pex5vsknk084sn02qq",
                "tok_81h455vb4pex5vsknk084sn02q",
                "tok_z1h455vb4pex5vsknk084sn02q",
                "tok_01H455VB4PEX5VSKNK084SN02Q",
                "tok_01i455vb4pex5vsknk084sn02q",
                "tok_01l455vb4pex5vsknk084sn02q",
                "tok_01o455vb4pex5vsknk084sn02q",
                "tok_01u455vb4pex5vsknk084sn02q",
                "tok_/1h455vb4pex5vsknk084sn02q",
                "tok_01h455vb4pex5vsknk084sn02 ",
                " tok_01h455vb4pex5vsknk084sn02q",
                "tok_01h455vb4pex5vsknk084sn0é2",
                "tok-01h455vb4pex5vsknk084sn02q",
                "TOK_01h455vb4pex5vsknk084sn02q",
                "acc_01h455vb4pex5vsknk084sn02q",
                "01h455vb4pex5vsknk084sn02q",
                "01890a5d-ac96-774b-bcce-b302099a8057"
            })
    void malformedTextIsRefused(String text) {
        assertThatThrownBy(() -> TokenId.parse(text))
                .isInstanceOf(InvalidField.class)
                .hasMessage("tokenId must be 'tok_' and 26 characters of Crockford base32");
    }
}
