package com.tokaify.ledger.events.net;

import com.tokaify.ledger.events.InvalidField;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** An IP address as 128 bits, IPv4 in its mapped place {@code ::ffff:0:0/96}. */
public record IpAddress(long high, long low) {
    private static final long IPV4_MAPPED = 0xffff_0000_0000L;
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String OCTETS = OCTET + "(\\." + OCTET + "){3}";
    // The characters only, their order is the JDK's to judge; but no scope, and no octet that could
    // be read as octal.
    private static final Pattern IPV6 =
            Pattern.compile("[0-9a-fA-F:]{2,39}|[0-9a-fA-F:]{1,29}:" + OCTETS);

    public static IpAddress parse(String field, String text) {
        long ipv4 = octets(text);
        if (ipv4 >= 0) {
            return new IpAddress(0, IPV4_MAPPED | ipv4);
        }
        if (text.indexOf(':') < 0 || !IPV6.matcher(text).matches()) {
            throw malformed(field, text);
        }
        try {
            return of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            throw malformed(field, text);
        }
    }

    /**
     * Four octets without leading zeros; -1 where the text is anything else. Without a regular
     * expression: every check names an address, and that of its gateway.
     */
    private static long octets(String text) {
        long octets = 0;
        int dots = 0;
        int octet = -1; // before its first digit
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && octet >= 0 && dots < 3) {
                octets = octets << 8 | octet;
                octet = -1;
                dots++;
            } else if (c >= '0' && c <= '9' && octet != 0) {
                octet = Math.max(octet, 0) * 10 + c - '0';
                if (octet > 255) {
                    return -1;
                }
            } else {
                return -1;
            }
        }
        return dots == 3 && octet >= 0 ? octets << 8 | octet : -1;
    }

    public static IpAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? new IpAddress(0, IPV4_MAPPED | Integer.toUnsignedLong(bytes.getInt()))
                : new IpAddress(bytes.getLong(), bytes.getLong());
    }

    boolean isIpv4() {
        return high == 0 && (low & 0xffff_ffff_0000_0000L) == IPV4_MAPPED;
    }

    IpAddress masked(int prefixLength) {
        long highMask =
                prefixLength >= 64 ? -1 : prefixLength == 0 ? 0 : -1L << (64 - prefixLength);
        long lowMask = prefixLength <= 64 ? 0 : -1L << (128 - prefixLength);
        return new IpAddress(high & highMask, low & lowMask);
    }

    private static InvalidField malformed(String field, String text) {
        return new InvalidField(
                field,
                "must be an IPv4 or IPv6 address or a CIDR block" + InvalidField.butNot(text));
    }

    /** RFC 5952 text; an IPv4 address, mapped or not, as its four octets. */
    @Override
    public String toString() {
        return isIpv4()
                ? (low >>> 24 & 255)
                        + "."
                        + (low >>> 16 & 255)
                        + "."
                        + (low >>> 8 & 255)
                        + "."
                        + (low & 255)
                : ipv6Text();
    }

    private String ipv6Text() {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i % 4))) & 0xffff;
        }
        int zerosAt = -1;
        int zeros = 1; // RFC 5952: a single zero group is not shortened
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > zeros) {
                zerosAt = i;
                zeros = end - i;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == zerosAt) {
                text.append("::");
                i += zeros - 1;
            } else {
                if (i > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
