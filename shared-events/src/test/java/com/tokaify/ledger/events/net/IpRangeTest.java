package com.tokaify.ledger.events.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {

    /** One range has one text: host bits cleared, no prefix length where it is the whole width. */
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "203.0.113.7/32, 203.0.113.7",
        "203.0.113.7/31, 203.0.113.6/31",
        "10.1.2.3/8, 10.0.0.0/8",
        "255.255.255.255/1, 128.0.0.0/1",
        "1.2.3.4/0, 0.0.0.0/0",
        "2001:DB8::1, 2001:db8::1",
        "2001:db8::1/128, 2001:db8::1",
        "2001:db8::1/127, 2001:db8::/127",
        "2001:db8:ffff::/32, 2001:db8::/32",
        "2001:db8:0:1:ffff::/64, 2001:db8:0:1::/64",
        "2001:db8:0:1:ffff::/65, 2001:db8:0:1:8000::/65",
        "2001:db8:0:1:ffff::/63, 2001:db8::/63",
        "ffff::/1, 8000::/1",
        "::1/0, ::/0",
        "::ffff:10.1.2.3, 10.1.2.3",
        "::ffff:10.1.2.3/128, 10.1.2.3",
        "::ffff:10.1.2.3/104, 10.0.0.0/8",
        "::ffff:10.1.2.3/96, 0.0.0.0/0",
        "::fffe:0:0/95, ::fffe:0:0/95"
    })
    void textIsCanonical(String text, String canonical) {
        IpRange range = IpRange.parse(text);

        assertThat(range).hasToString(canonical);
        assertThat(IpRange.parse(canonical)).isEqualTo(range);
    }

    /** A range holds its first and its last address, and not their neighbours. */
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.8, false",
        "203.0.113.7, 203.0.113.6, false",
        "203.0.113.7, ::ffff:203.0.113.7, true",
        "10.0.0.0/8, 10.0.0.0, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::ffff:10.9.9.9, true",
        "::ffff:10.0.0.0/104, 10.9.9.9, true",
        "0.0.0.0/0, 0.0.0.0, true",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "0.0.0.0/0, 2001:db8::1, false",
        "10.0.0.0/8, ::10.0.0.1, false",
        "2001:db8::/32, 2001:db8::, true",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2001:db8::/32, 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, false",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8:0:1::/64, 2001:db8:0:1:ffff:ffff:ffff:ffff, true",
        "2001:db8:0:1::/64, 2001:db8:0:2::, false",
        "2001:db8::/65, 2001:db8::7fff:ffff:ffff:ffff, true",
        "2001:db8::/65, 2001:db8::8000:0:0:0, false",
        "2001:db8::1, 2001:db8::1, true",
        "2001:db8::1, 2001:db8::, false",
        "::/0, ::, true",
        "::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "::/0, 203.0.113.7, true",
        "::/96, 203.0.113.7, false"
    })
    void rangeContainsItsAddressesOnly(String range, String address, boolean contained) {
        assertThat(IpRange.parse(range).contains(IpAddress.parse("ip", address)))
                .isEqualTo(contained);
    }

    /** A prefix length that could be read in two ways is refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.4/33",
                "1.2.3.4/128",
                "1.2.3.4/",
                "1.2.3.4/-1",
                "1.2.3.4/+8",
                "1.2.3.4/08",
                "1.2.3.4/ 8",
                "1.2.3.4/8 ",
                "1.2.3.4/8/8",
                "1.2.3.4/255.0.0.0",
                "::1/129",
                "::1/1000",
                "::ffff:10.0.0.0/8",
                "::ffff:10.0.0.0/95"
            })
    void malformedPrefixLengthIsRefused(String text) {
        assertThatThrownBy(() -> IpRange.parse("ipAllowlist[0]", text))
                .isInstanceOf(InvalidField.class)
                .hasMessageStartingWith("ipAllowlist[0] must have a prefix length of");
    }

    /** Addresses are as strict in a range as alone. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "1.2.3/8", "01.2.3.4/8", "localhost", "fe80::1%eth0/64"})
    void malformedAddressIsRefused(String text) {
        assertThatThrownBy(() -> IpRange.parse(text)).isInstanceOf(InvalidField.class);
    }

    /** A range made in code obeys the same bounds. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 129})
    void impossiblePrefixLengthIsRefused(int prefixLength) {
        assertThatThrownBy(() -> new IpRange(new IpAddress(0, 0), prefixLength))
                .isInstanceOf(InvalidField.class);
    }

    /** A list of ranges is kept in its order, without blanks around entries and without repeats. */
    @Test
    void allowlistIsKeptInOrderWithoutRepeats() {
        assertThat(
                        IpRange.parseAllowlist(
                                "ipAllowlist",
                                List.of(" 10.0.0.0/8", "::1", "10.9.9.9/8 ", "1.2.3.4")))
                .hasToString("[10.0.0.0/8, ::1, 1.2.3.4]");
        assertThat(IpRange.parseAllowlist("ipAllowlist", null)).isNull();
    }

    /** The complaint names the entry that is wrong. */
    @Test
    void complaintNamesTheEntry() {
        assertThatThrownBy(
                        () -> IpRange.parseAllowlist("ipAllowlist", List.of("10.0.0.0/8", "10.0")))
                .isInstanceOf(InvalidField.class)
                .hasMessageStartingWith("ipAllowlist[1] ");
        assertThatThrownBy(() ->
                        IpRange.parseAllowlist("ipAllowlist", Arrays.asList("10.0.0.0/8", null)))
                .isInstanceOf(InvalidField.class)
                .hasMessage("ipAllowlist[1] is required");
        assertThatThrownBy(() ->
                        IpRange.optionalAllowlist("ipAllowlist", Collections.singletonList(null)))
                .isInstanceOf(InvalidField.class)
                .hasMessage("ipAllowlist[0] is required");
    }

    /** An empty list would allow nobody and be taken for "any"; a longer one has no end. */
    @Test
    void allowlistHasOneToAHundredEntries() {
        List<String> hundred =
                IntStream.range(0, FieldRules.MAX_IP_RANGES).mapToObj(i -> "10.0.0." + i).toList();
        List<String> more =
                IntStream.rangeClosed(0, FieldRules.MAX_IP_RANGES)
                        .mapToObj(i -> "10.0.0." + i)
                        .toList();

        assertThat(IpRange.parseAllowlist("ipAllowlist", hundred)).hasSize(100);
        assertThatThrownBy(() -> IpRange.parseAllowlist("ipAllowlist", more))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> IpRange.parseAllowlist("ipAllowlist", List.of()))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("1 to 100");
    }
}
