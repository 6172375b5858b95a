package com.tokaify.ledger.command.idempotency;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body of a request with an {@code Idempotency-Key} before anybody else, so that its
 * fingerprint covers exactly what was sent. Comes after the filter that bounds bodies. Keeps
 * nothing past the request.
 */
@Component
final class FingerprintFilter extends OncePerRequestFilter {
    private static final String FINGERPRINT = FingerprintFilter.class.getName();

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(RepeatableRequest.HEADER) == null;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body = request.getInputStream().readAllBytes();
        request.setAttribute(FINGERPRINT, fingerprint(request, body));
        chain.doFilter(new ReadAlready(request, body), response);
    }

    /** Of a request that has passed this filter. */
    static byte[] fingerprintOf(HttpServletRequest request) {
        return (byte[]) Objects.requireNonNull(request.getAttribute(FINGERPRINT));
    }

    private static byte[] fingerprint(HttpServletRequest request, byte[] body) {
        MessageDigest digest = RepeatableRequest.sha256();
        add(digest, request.getMethod());
        add(digest, request.getRequestURI());
        add(digest, request.getQueryString());
        add(digest, request.getHeader(HttpHeaders.IF_MATCH));
        add(digest, request.getContentType());
        return digest.digest(body);
    }

    private static void add(MessageDigest digest, @Nullable String part) {
        digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /** The request with its body once more. */
    private static final class ReadAlready extends HttpServletRequestWrapper {
        private final byte[] body;

        ReadAlready(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new BodyStream(new ByteArrayInputStream(body));
        }
    }

    private static final class BodyStream extends ServletInputStream {
        private final ByteArrayInputStream body;

        BodyStream(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return body.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body is read already");
        }
    }
}
