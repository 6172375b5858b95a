package com.tokaify.ledger.events.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.InvalidField;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    /** One address has one text: RFC 5952, with the examples of its sections 1 to 5. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8::1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
        "2001:0db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
        "2001:db8:0:0:0::1, 2001:db8::1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:0, 2001:db8:0:0:1::",
        "::, ::",
        "0:0:0:0:0:0:0:0, ::",
        "::1, ::1",
        "1::, 1::",
        "0:0:1::, 0:0:1::",
        "fe80::ABCD, fe80::abcd",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "::1.2.3.4, ::102:304",
        "::1:ffff:1.2.3.4, ::1:ffff:102:304",
        "2001:db8::ffff:1.2.3.4, 2001:db8::ffff:102:304"
    })
    void textIsCanonical(String text, String canonical) {
        IpAddress address = IpAddress.parse("ip", text);

        assertThat(address).hasToString(canonical);
        assertThat(IpAddress.parse("ip", canonical)).isEqualTo(address);
    }

    /** An IPv4 address is the same address in whatever form a proxy hands it on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7",
                "::ffff:203.0.113.7",
                "::FFFF:cb00:7107",
                "0:0:0:0:0:ffff:cb00:7107",
                "0000:0000:0000:0000:0000:ffff:203.0.113.7"
            })
    void mappedAddressIsTheIpv4Address(String text) {
        assertThat(IpAddress.parse("ip", text))
                .isEqualTo(IpAddress.parse("ip", "203.0.113.7"))
                .hasToString("203.0.113.7");
    }

    /** What a socket says and what its text says are the same. */
    @Test
    void socketAddressIsTheAddressOfItsText() throws Exception {
        Random random = new Random(20261123);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
            random.nextBytes(bytes);
            InetAddress socket = InetAddress.getByAddress(bytes);

            IpAddress address = IpAddress.of(socket);

            assertThat(IpAddress.parse("ip", socket.getHostAddress())).isEqualTo(address);
            assertThat(IpAddress.parse("ip", address.toString())).isEqualTo(address);
        }
    }

    /**
     * Whatever two readers could read as two addresses is refused, and names are never resolved.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.4.5",
                "1..2.3",
                ".1.2.3",
                "1.2.3.",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.04",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.-4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.4\n",
                "1,2,3,4",
                "١.٢.٣.٤",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "[::1]",
                "::1 ",
                "fe80::1%eth0",
                "fe80::1%1",
                "::1.2.3",
                "::1.2.3.4.5",
                "::ffff:1.2.3.256",
                "::ffff:01.2.3.4",
                "::1.2.3.4:1",
                "::/0",
                "1.2.3.4:80",
                "localhost",
                "example.org",
                "a"
            })
    void malformedAddressIsRefused(String text) {
        assertThatThrownBy(() -> IpAddress.parse("ip", text))
                .isInstanceOf(InvalidField.class)
                .hasMessageStartingWith("ip must be an IPv4 or IPv6 address");
    }
}
