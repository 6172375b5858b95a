package com.tokaify.ledger.console.forward;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Enumeration;
import java.util.List;

/**
 * The headers that pass. Named one by one: what is not thought of stays where it is, above all
 * cookies, and whatever a browser or somebody before it says of tokens and addresses.
 */
final class PassedHeaders {
    private static final List<String> ON =
            List.of(
                    "Accept",
                    "Accept-Encoding",
                    "Accept-Language",
                    "Content-Type",
                    "Idempotency-Key",
                    "If-Match",
                    "If-None-Match",
                    "Last-Event-ID",
                    "Ledger-Position");

    private static final List<String> BACK =
            List.of(
                    "Allow",
                    "Cache-Control",
                    "Content-Disposition",
                    "Content-Encoding",
                    "Content-Language",
                    "Content-Type",
                    "ETag",
                    "Last-Modified",
                    "Ledger-Position",
                    "Ledger-View-Age-Ms",
                    "Ledger-View-Lag",
                    "Location",
                    "Retry-After",
                    "Vary",
                    "X-Accel-Buffering");

    private PassedHeaders() {}

    static void on(HttpServletRequest from, HttpRequest.Builder to) {
        for (String name : ON) {
            for (Enumeration<String> values = from.getHeaders(name); values.hasMoreElements(); ) {
                to.header(name, values.nextElement());
            }
        }
    }

    static void back(HttpHeaders from, HttpServletResponse to) {
        for (String name : BACK) {
            for (String value : from.allValues(name)) {
                to.addHeader(name, value);
            }
        }
    }
}
