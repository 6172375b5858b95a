package com.tokaify.ledger.enforcement.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.events.InvalidField;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageItemTest {
    private static final String ID = TestLedger.token(1).toString();
    private static final String FINE = "{'tokenId':'" + ID + "','usageId':'u1','amount':5}";

    /** One usage may be sent bare, several as a list. */
    @Test
    void oneOrAListIsRead() {
        UsageItem one = new UsageItem("", TestLedger.token(1), null, "u1", 5, null);
        assertThat(read(FINE)).containsExactly(one);
        assertThat(read("[" + FINE + ",{'secret':'sk-x','usageId':'u2','amount':6,'model':'m'}]"))
                .containsExactly(
                        new UsageItem("[0].", TestLedger.token(1), null, "u1", 5, null),
                        new UsageItem("[1].", null, new GivenSecret("sk-x"), "u2", 6, "m"));
    }

    /** A bad item is named by its place, so that the gateway can find it among a thousand. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'usageId':'u','amount':5}                      | tokenId       | is required where no secret is given",
                "{'tokenId':'ID','secret':'s','usageId':'u','amount':5} | secret | must not be given together with tokenId",
                "{'tokenId':'tok_x','usageId':'u','amount':5}    | tokenId       | must be 'tok_' and 26 characters of Crockford base32",
                "{'tokenId':'ID','amount':5}                     | usageId       | is required",
                "{'tokenId':'ID','usageId':'a b','amount':5}     | usageId       | must have 1 to 128 printable ASCII characters without spaces",
                "{'tokenId':'ID','usageId':'u'}                  | amount        | is required",
                "[{'tokenId':'ID','usageId':'u','amount':0}]     | [0].amount    | must be 1 to 500000000000000 units",
                "[FINE,FINE,{'tokenId':'ID','usageId':'u','amount':'5'}] | [2].amount | must be a whole number",
                "[FINE,{'tokenId':'ID','usageId':'u','amount':5,'model':''}] | [1].model | must have 1 to 200 printable ASCII characters without spaces",
                "[FINE,{'usage':1}]                              | [1].usage     | is not a field of this request",
                "[FINE,{'usageId':'u','usageId':'u'}]            | [1].usageId   | must be given once",
                "[FINE,5]                                        | body          | must be one JSON object or a list of them",
                "[FINE,[FINE]]                                   | body          | must be one JSON object or a list of them",
                "[FINE,]                                         | body          | must be one JSON object or a list of them",
                "[FINE                                           | body          | must be one JSON object or a list of them",
                "FINE FINE                                       | body          | must be one JSON object or a list of them",
                "[]                                              | body          | must have at least one item"
            })
    void whatBreaksTheContractIsNamed(String body, String field, String rule) {
        InvalidField invalid =
                catchThrowableOfType(
                        InvalidField.class,
                        () -> read(body.replace("FINE", FINE).replace("'ID'", "'" + ID + "'")));
        assertThat(invalid.field()).isEqualTo(field);
        assertThat(invalid.rule()).isEqualTo(rule);
    }

    /** A thousand are taken, one more is not. */
    @Test
    void aListHasABound() {
        String thousand = FINE + ("," + FINE).repeat(UsageItem.MAX_ITEMS - 1);
        assertThat(read("[" + thousand + "]")).hasSize(UsageItem.MAX_ITEMS);
        assertThat(
                        catchThrowableOfType(
                                InvalidField.class, () -> read("[" + thousand + "," + FINE + "]")))
                .hasMessage("body must have at most 1000 items");
    }

    /** Single quotes stand for double ones. */
    private static List<UsageItem> read(String body) {
        return UsageItem.readAll(body.replace('\'', '"').getBytes(UTF_8));
    }
}
