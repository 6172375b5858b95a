package com.tokaify.ledger.events.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One address or a CIDR block, IPv4 or IPv6. IPv4 lives in its mapped place {@code ::ffff:0:0/96},
 * so that one comparison serves both and a mapped address matches the IPv4 block it means. Host
 * bits are cleared on reading.
 *
 * @param prefixLength bits that must match, 0 to 128, counted in the 128-bit form
 */
public record IpRange(IpAddress network, int prefixLength) {

    /** Not for Jackson: the text is the only form. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    public IpRange {
        if (prefixLength < 0 || prefixLength > 128) {
            throw new InvalidField(
                    "prefix length", "must be 0 to 32 for IPv4 and 0 to 128 for IPv6");
        }
        network = network.masked(prefixLength);
    }

    /**
     * Reads {@code 203.0.113.7}, {@code 10.0.0.0/8}, {@code 2001:db8::/32} and the like. Never asks
     * a name server.
     */
    @JsonCreator
    public static IpRange parse(String text) {
        return parse("ipAllowlist", text);
    }

    public static IpRange parse(String field, String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(field, slash < 0 ? text : text.substring(0, slash));
        boolean writtenAsIpv6 = text.indexOf(':') >= 0;
        int width = writtenAsIpv6 ? 128 : 32;
        // ::ffff:10.0.0.0/8 would mean nearly every address there is, but is meant as 10.0.0.0/8.
        int shortest = writtenAsIpv6 && address.isIpv4() ? 96 : 0;
        int length =
                slash < 0 ? width : prefixLength(field, text.substring(slash + 1), shortest, width);
        return new IpRange(address, 128 - width + length);
    }

    private static int prefixLength(String field, String text, int shortest, int longest) {
        if (text.matches("0|[1-9][0-9]{0,2}")) {
            int length = Integer.parseInt(text);
            if (length >= shortest && length <= longest) {
                return length;
            }
        }
        throw new InvalidField(
                field,
                "must have a prefix length of "
                        + shortest
                        + " to "
                        + longest
                        + InvalidField.butNot(text));
    }

    public boolean contains(IpAddress address) {
        return address.masked(prefixLength).equals(network);
    }

    /**
     * An allowlist of 1 to {@link FieldRules#MAX_IP_RANGES} ranges without repeats; null is any
     * address.
     */
    public static @Nullable List<IpRange> optionalAllowlist(
            String field, @Nullable List<IpRange> ranges) {
        if (ranges == null) {
            return null;
        }
        if (ranges.isEmpty() || ranges.size() > FieldRules.MAX_IP_RANGES) {
            throw new InvalidField(
                    field,
                    "must name 1 to "
                            + FieldRules.MAX_IP_RANGES
                            + " addresses or CIDR blocks, or be absent for any");
        }
        for (int i = 0; i < ranges.size(); i++) {
            FieldRules.required(field + "[" + i + "]", ranges.get(i));
        }
        return ranges.stream().distinct().toList();
    }

    /**
     * Reads an allowlist entry by entry, so that an error names the bad one, e.g. {@code
     * ipAllowlist[2]}.
     */
    public static @Nullable List<IpRange> parseAllowlist(
            String field, @Nullable List<String> texts) {
        if (texts == null) {
            return null;
        }
        List<IpRange> ranges = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String entry = field + "[" + i + "]";
            ranges.add(parse(entry, FieldRules.required(entry, texts.get(i)).strip()));
        }
        return optionalAllowlist(field, ranges);
    }

    /**
     * The canonical text: RFC 5952 addresses, the prefix length left out where it is the whole
     * width.
     */
    @JsonValue
    @Override
    public String toString() {
        if (prefixLength == 128) {
            return network.toString();
        }
        // A network that is still IPv4 after its host bits were cleared has at least 96 bits.
        return network + "/" + (network.isIpv4() ? prefixLength - 96 : prefixLength);
    }
}
