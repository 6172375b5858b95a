package com.tokaify.ledger.command.web;

import com.tokaify.ledger.events.InvalidField;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The condition of a request, RFC 9110 section 13.1.1: our entity tags are the sequence of a
 * stream's last event.
 */
final class IfMatch {
    private static final Pattern ENTITY_TAG = Pattern.compile("\"(\\d{1,18})\"");

    /** What the header may be like. */
    static final String PATTERN = "^ *(\\*|\"[0-9]{1,18}\") *$";

    private IfMatch() {}

    /**
     * @return the sequence the caller has seen; null where there is no condition, or any will do
     * @throws InvalidField where the header holds anything else
     */
    static @Nullable Long sequence(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.IF_MATCH);
        if (header == null || header.strip().equals("*")) {
            return null;
        }
        Matcher matcher = ENTITY_TAG.matcher(header.strip());
        if (!matcher.matches()) {
            throw new InvalidField(
                    HttpHeaders.IF_MATCH,
                    "must be one ETag of an earlier answer, e.g. \"17\", or *");
        }
        return Long.valueOf(matcher.group(1));
    }
}
