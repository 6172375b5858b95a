package com.tokaify.ledger.enforcement.client;

import com.tokaify.ledger.enforcement.http.GatewayCall;
import java.util.ArrayList;
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
    List<String> hops(GatewayCall call) {
        List<String> lines = call.headers(header);
        if (lines.isEmpty()) {
            return List.of();
        }
        List<String> hops = new ArrayList<>();
        for (String line : lines) {
            split(line, hops);
        }
        return hops;
    }

    abstract void split(String line, List<String> hops);
}
