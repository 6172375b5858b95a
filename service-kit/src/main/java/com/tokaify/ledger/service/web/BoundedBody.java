package com.tokaify.ledger.service.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A body of unknown length that ends the request where it gets too long. Used by the one thread
 * that reads the request.
 */
final class BoundedBody extends ServletInputStream {
    private final ServletInputStream body;
    private final long limit;
    private long read;

    private BoundedBody(ServletInputStream body, long limit) {
        this.body = body;
        this.limit = limit;
    }

    private int counted(int bytes) {
        read += Math.max(0, bytes);
        if (read > limit) {
            throw RequestLimits.tooLarge(limit);
        }
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int value = body.read();
        counted(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return counted(body.read(buffer, offset, length));
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }

    /** A request whose body is bounded, whether it is read as bytes or as text. */
    static final class Request extends HttpServletRequestWrapper {
        private final long limit;

        Request(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedBody(super.getInputStream(), limit);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            String encoding = getCharacterEncoding();
            Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
            return new BufferedReader(new InputStreamReader(getInputStream(), charset));
        }
    }
}
