package com.tokaify.ledger.enforcement.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.FakeRequest;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.net.IpRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    private static final ClientAddress CLIENT =
            new ClientAddress(
                    new TrustedProxies(
                            List.of(
                                    IpRange.parse("127.0.0.0/8"),
                                    IpRange.parse("::1"),
                                    IpRange.parse("10.0.0.0/8"),
                                    IpRange.parse("2001:db8:aaaa::/48"))));

    /** Nobody can say of himself where he comes from. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "X-Real-IP", "Forwarded"})
    void aHeaderOfAnUntrustedPeerIsNotBelieved(String header) {
        String value = header.equals("Forwarded") ? "for=192.0.2.66" : "192.0.2.66";
        assertThat(client(FakeRequest.get("/authz").from("203.0.113.7").with(header, value)))
                .isEqualTo("203.0.113.7");
    }

    /** Believed is what trusted hops have written, and nothing left of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                // the peer is the gateway, which has written one entry
                "127.0.0.1          | 203.0.113.7                          | 203.0.113.7",
                "::1                | 203.0.113.7                          | 203.0.113.7",
                "0:0:0:0:0:0:0:1    | 203.0.113.7                          | 203.0.113.7",
                "10.1.1.1           | 203.0.113.7                          | 203.0.113.7",
                "11.1.1.1           | 203.0.113.7                          | 11.1.1.1",
                // what the client itself had written stands to the left
                "127.0.0.1          | 192.0.2.66, 203.0.113.7              | 203.0.113.7",
                "127.0.0.1          | 10.0.0.1, 203.0.113.7                | 203.0.113.7",
                "127.0.0.1          | nonsense, 203.0.113.7                | 203.0.113.7",
                "127.0.0.1          | 127.0.0.1, 203.0.113.7, 10.0.0.9     | 203.0.113.7",
                // a chain of proxies
                "127.0.0.1          | 192.0.2.66, 203.0.113.7, 10.0.0.9, 10.0.0.8 | 203.0.113.7",
                // all of it within: the first
                "127.0.0.1          | 10.0.0.9, 10.0.0.8                   | 10.0.0.9",
                // IPv6, mapped addresses, ports, as proxies write them
                "::1                | 2001:db8:bbbb::7                     | 2001:db8:bbbb::7",
                "::1                | 2001:db8:bbbb::7,2001:db8:aaaa::1    | 2001:db8:bbbb::7",
                "::ffff:127.0.0.1   | ::ffff:203.0.113.7                   | 203.0.113.7",
                "127.0.0.1          | 192.0.2.66, 203.0.113.7, ::ffff:10.0.0.9 | 203.0.113.7",
                "127.0.0.1          | 203.0.113.7:4711                     | 203.0.113.7",
                "127.0.0.1          | [2001:db8:bbbb::7]:4711              | 2001:db8:bbbb::7",
                "127.0.0.1          | [2001:db8:bbbb::7]                   | 2001:db8:bbbb::7",
                "fe80::1%eth0       | 203.0.113.7                          | fe80::1",
                // the nearest hop wrote what is no address: nobody knows
                "127.0.0.1          | unknown                              | ''",
                "127.0.0.1          | ''                                   | ''",
                "127.0.0.1          | '203.0.113.7,'                       | ''",
                "127.0.0.1          | 203.0.113.7, unknown                 | ''",
                "127.0.0.1          | 203.0.113.7, [10.0.0.9               | ''",
                "127.0.0.1          | localhost                            | ''",
            })
    void theRightMostStrangerIsTheClient(String peer, String forwardedFor, String client) {
        assertThat(client(FakeRequest.get("/").from(peer).with("X-Forwarded-For", forwardedFor)))
                .isEqualTo(client);
    }

    /** A second line of a header continues the first. */
    @Test
    void linesOfAHeaderAreOneList() {
        FakeRequest request =
                FakeRequest.get("/")
                        .from("127.0.0.1")
                        .with("X-Forwarded-For", "192.0.2.66")
                        .with("X-Forwarded-For", "203.0.113.7");
        assertThat(client(request)).isEqualTo("203.0.113.7");
    }

    /** RFC 7239, with its quotes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=203.0.113.7                                       | 203.0.113.7",
                "FOR = 203.0.113.7;proto=https                         | 203.0.113.7",
                "proto=https;for=\"203.0.113.7:80\"                    | 203.0.113.7",
                "for=\"[2001:db8:bbbb::7]:80\";by=10.0.0.1             | 2001:db8:bbbb::7",
                "for=192.0.2.66, for=203.0.113.7;by=x, for=10.0.0.1    | 203.0.113.7",
                "for=192.0.2.66;by=\"a,for=192.0.2.67\", for=203.0.113.7 | 203.0.113.7",
                "for=203.0.113.7;by=\"a,for=192.0.2.67\"               | 203.0.113.7",
                "for=203.0.113.7, for=_hidden                          | ''",
                "for=203.0.113.7, proto=https                          | ''",
                "for=unknown                                           | ''",
            })
    void forwardedIsRead(String forwarded, String client) {
        assertThat(client(FakeRequest.get("/").from("::1").with("Forwarded", forwarded)))
                .isEqualTo(client);
    }

    /**
     * A gateway writes one of these headers and hands on the others as its caller has written them:
     * where they disagree nobody is believed.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            nullValues = "-",
            value = {
                "-             | -               | 203.0.113.7 | 203.0.113.7",
                "203.0.113.7   | for=203.0.113.7 | 203.0.113.7 | 203.0.113.7",
                "203.0.113.7   | -               | 192.0.2.66  | ''",
                "192.0.2.66    | -               | 203.0.113.7 | ''",
                "203.0.113.7   | for=192.0.2.66  | -           | ''",
                "-             | for=192.0.2.66  | 203.0.113.7 | ''",
                "203.0.113.7   | for=unknown     | -           | ''",
                // the hop before the last, which X-Real-IP often is, is no other client
                "203.0.113.7, 10.0.0.9 | -       | 10.0.0.9    | 203.0.113.7",
                "10.0.0.9      | -               | 203.0.113.7 | 203.0.113.7",
            })
    void headersThatDisagreeMakeTheClientUnknown(
            String forwardedFor, String forwarded, String realIp, String client) {
        FakeRequest request = FakeRequest.get("/").from("127.0.0.1");
        request.withUnlessNull("X-Forwarded-For", forwardedFor);
        request.withUnlessNull("Forwarded", forwarded);
        request.withUnlessNull("X-Real-IP", realIp);
        assertThat(client(request)).isEqualTo(client);
    }

    /** Who sends no header is the client himself, trusted or not. */
    @Test
    void withoutHeadersThePeerIsTheClient() {
        assertThat(client(FakeRequest.get("/").from("127.0.0.1"))).isEqualTo("127.0.0.1");
        assertThat(client(FakeRequest.get("/").from("203.0.113.7"))).isEqualTo("203.0.113.7");
    }

    private static String client(FakeRequest request) {
        return CLIENT.of(request.asCall()).map(IpAddress::toString).orElse("");
    }
}
