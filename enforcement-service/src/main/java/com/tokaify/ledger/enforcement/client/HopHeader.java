package com.tokaify.ledger.enforcement.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** The headers in which hops write whom they were called by, in the order they are asked. */
enum HopHeader {
    X_FORWARDED_FOR("X-Forwarded-For") {
        @Override
        void split(String line, List<String> hops) {
            hops.addAll(HeaderText.split(line, ','));
        }
    },
    /** RFC 7239. An element that does not say {@code for} is a hop nobody can name. */
    FORWARDED("Forwarded") {
        @Override
        void split(String line, List<String> hops) {
            for (String element : HeaderText.split(line, ',')) {
                hops.add(HeaderText.parameter(element, "for"));
            }
        }
    },
    X_REAL_IP("X-Real-IP") {
        @Override
        void split(String line, List<String> hops) {
            hops.addAll(HeaderText.split(line, ','));
        }
    };

    private final String header;

    HopHeader(String header) {
        this.header = header;
    }

    /** What the hops have written, the nearest last; empty where the header is absent. */
    List<String> hops(HttpServletRequest request) {
        Enumeration<String> lines = request.getHeaders(header);
        if (!lines.hasMoreElements()) {
            return List.of();
        }
        List<String> hops = new ArrayList<>();
        while (lines.hasMoreElements()) {
            split(lines.nextElement(), hops);
        }
        return hops;
    }

    abstract void split(String line, List<String> hops);
}
