package com.tokaify.ledger.enforcement;

import com.tokaify.ledger.enforcement.http.GatewayCall;
import com.tokaify.ledger.enforcement.http.ServletCall;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as a servlet sees it. Asking it for anything a test did not think of fails. */
public final class FakeRequest {
    private final String uri;
    private final @Nullable String query;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String peer = "127.0.0.1";
    private byte[] body = {};

    private FakeRequest(String target) {
        int question = target.indexOf('?');
        this.uri = question < 0 ? target : target.substring(0, question);
        this.query = question < 0 ? null : target.substring(question + 1);
    }

    public static FakeRequest get(String target) {
        return new FakeRequest(target);
    }

    public FakeRequest from(String address) {
        peer = address;
        return this;
    }

    public FakeRequest with(String header, String value) {
        headers.computeIfAbsent(header, _ -> new ArrayList<>()).add(value);
        return this;
    }

    public FakeRequest withUnlessNull(String header, @Nullable String value) {
        return value == null ? this : with(header, value);
    }

    public FakeRequest withJson(String text) {
        return with("Content-Type", "application/json").withBody(text);
    }

    public FakeRequest withBody(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    public GatewayCall asCall() {
        return new ServletCall(asServletRequest());
    }

    private HttpServletRequest asServletRequest() {
        return (HttpServletRequest)
                Proxy.newProxyInstance(
                        FakeRequest.class.getClassLoader(),
                        new Class<?>[] {HttpServletRequest.class},
                        (_, method, arguments) -> answer(method.getName(), arguments));
    }

    private @Nullable Object answer(String method, Object @Nullable [] arguments) {
        return switch (method) {
            case "getRequestURI" -> uri;
            case "getQueryString" -> query;
            case "getRemoteAddr" -> peer;
            case "getContentLengthLong" -> body.length == 0 ? -1L : (long) body.length;
            case "getHeader" -> first(name(arguments));
            case "getHeaders" ->
                    Collections.enumeration(headers.getOrDefault(name(arguments), List.of()));
            case "getInputStream" -> new Body(body);
            default ->
                    throw new UnsupportedOperationException(
                            String.format(Locale.ROOT, "a servlet asked for %s", method));
        };
    }

    private static String name(Object @Nullable [] arguments) {
        if (arguments == null) {
            throw new IllegalArgumentException("a header has a name");
        }
        return (String) arguments[0];
    }

    private @Nullable String first(String header) {
        List<String> values = headers.get(header);
        return values == null ? null : values.getFirst();
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        private Body(byte[] body) {
            this.bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("read as a stream");
        }
    }
}
