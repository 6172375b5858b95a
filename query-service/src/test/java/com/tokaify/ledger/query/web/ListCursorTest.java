package com.tokaify.ledger.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ListCursorTest {

    /** Questions are told apart by what stands where, and not by what all of it spells. */
    @Test
    void questionsAreTheSameOnlyWhereEachPartIs() {
        assertThat(ListCursor.question("ab", null)).isEqualTo(ListCursor.question("ab", null));
        assertThat(ListCursor.question("ab", "c")).isNotEqualTo(ListCursor.question("a", "bc"));
        assertThat(ListCursor.question("a", null)).isNotEqualTo(ListCursor.question(null, "a"));
        assertThat(ListCursor.question("a")).isNotEqualTo(ListCursor.question("a", ""));
    }

    /** The item that was read too much is on the next page. */
    @Test
    void aPageEndsAtItsLimit() {
        assertThat(ListCursor.page(List.of(1, 2, 3), 2)).containsExactly(1, 2);
        assertThat(ListCursor.page(List.of(1, 2), 2)).containsExactly(1, 2);
        assertThat(ListCursor.page(List.of(1), 2)).containsExactly(1);
    }

    /** It may stand in an address as it is, however long its key. */
    @Test
    void isOfLettersThatAddressesDoNotEscape() {
        for (String key : List.of("", "a", "ab", "Büro 東京?&=+")) {
            ListCursor cursor = new ListCursor(-7, key, new UUID(-1, 2));
            assertThat(cursor.toString()).matches("[A-Za-z0-9_-]+");
            assertThat(ListCursor.parse("cursor", cursor.toString(), -7)).isEqualTo(cursor);
        }
    }
}
