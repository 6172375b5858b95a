package com.tokaify.ledger.enforcement.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.rules.Check;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyRequestTest {

    /** Every field reaches the check as it was sent, in any order and with any white space. */
    @Test
    void allFieldsAreRead() {
        assertThat(
                        read(
                                """
                                { "amount" : 42, "ip":"10.1.2.3",
                                  "model":"gpt-5\\u002fmini", "secret":"sk-x" }
                                """))
                .isEqualTo(
                        new VerifyRequest(
                                new GivenSecret("sk-x"),
                                new Check("gpt-5/mini", IpAddress.parse("ip", "10.1.2.3"), 42L)));
    }

    /** Absent and null are the same. */
    @Test
    void absentAndNullAreTheSame() {
        VerifyRequest nothing = new VerifyRequest(null, new Check(null, null, null));
        assertThat(read("{}")).isEqualTo(nothing);
        assertThat(read("{'secret':null,'model':null,'ip':null,'amount':null}")).isEqualTo(nothing);
    }

    /** Whatever is wrong is refused with the field's name and the rule, never guessed at. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'modle':'x'}                      | modle  | is not a field of this request",
                "{'secret':'a','secret':'a'}        | secret | must be given once",
                "{'model':'a','model':null}         | model  | must be given once",
                "{'secret':5}                       | secret | must be a text",
                "{'secret':{'a':1}}                 | secret | must be a text",
                "{'secret':['a']}                   | secret | must be a text",
                "{'model':true}                     | model  | must be a text",
                "{'model':''}                       | model  | must have 1 to 200 printable ASCII characters without spaces",
                "{'amount':'5'}                     | amount | must be a whole number",
                "{'amount':5.0}                     | amount | must be a whole number",
                "{'amount':1e3}                     | amount | must be a whole number",
                "{'amount':false}                   | amount | must be a whole number",
                "{'amount':9223372036854775808}     | amount | must be a whole number of at most 64 bits",
                "{'amount':0}                       | amount | must be 1 to 500000000000000 units",
                "{'amount':-1}                      | amount | must be 1 to 500000000000000 units",
                "{'amount':500000000000001}         | amount | must be 1 to 500000000000000 units",
                "{'ip':'10.1.2'}                    | ip     | must be an IPv4 or IPv6 address or a CIDR block, not '10.1.2'",
                "{'ip':'localhost'}                 | ip     | must be an IPv4 or IPv6 address or a CIDR block, not 'localhost'",
                "{} {}                              | body   | must be one JSON object",
                "{},                                | body   | must be one JSON object",
                "[]                                 | body   | must be one JSON object",
                "null                               | body   | must be one JSON object",
                "{'secret':'sk-x'                   | body   | must be one JSON object",
                "{'secret'                          | body   | must be one JSON object",
                "{'secret':                         | body   | must be one JSON object",
                "{'amount':01}                      | body   | must be one JSON object",
                "{'amount':NaN}                     | body   | must be one JSON object",
                "{secret:'x'}                       | body   | must be one JSON object",
                "{'secret':'x',}                    | body   | must be one JSON object",
                "{'secret':'x'} // comment          | body   | must be one JSON object",
                "                                   | body   | must be one JSON object"
            })
    void whatBreaksTheContractIsNamed(String body, String field, String rule) {
        InvalidField invalid = invalid(body == null ? "" : body);
        assertThat(invalid.field()).isEqualTo(field);
        assertThat(invalid.rule()).isEqualTo(rule);
    }

    /** What the parser stumbles over may be a secret: it is not repeated. */
    @Test
    void aMalformedBodyIsNotQuoted() {
        assertThat(invalid("{'secret': sk-tkfSecret}")).hasMessageNotContaining("tkf");
        assertThat(invalid("{'secret': sk-tkfSecret}").getCause()).isNull();
    }

    private static InvalidField invalid(String body) {
        return catchThrowableOfType(InvalidField.class, () -> read(body));
    }

    /** Single quotes stand for double ones. */
    private static VerifyRequest read(String body) {
        return VerifyRequest.read(body.replace('\'', '"').getBytes(UTF_8));
    }
}
