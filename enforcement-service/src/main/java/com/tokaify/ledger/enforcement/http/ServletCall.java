package com.tokaify.ledger.enforcement.http;

import com.tokaify.ledger.enforcement.access.Callers;
import com.tokaify.ledger.service.web.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gateway's call over HTTP, which asks a hook of this service. Its options are in the query. */
public record ServletCall(HttpServletRequest request) implements GatewayCall {

    @Override
    public String path() {
        return request.getRequestURI();
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public boolean isCallersOwnPath() {
        return false;
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values.hasMoreElements() ? Collections.list(values) : List.of();
    }

    @Override
    public String peer() {
        return request.getRemoteAddr();
    }

    @Override
    public boolean hasBody() {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    @Override
    public byte[] body(int maxBytes) throws IOException {
        return RequestBody.read(request, maxBytes);
    }

    @Override
    public @Nullable String requestId() {
        return (String) request.getAttribute(RequestIdFilter.REQUEST_ID);
    }

    @Override
    public @Nullable String gatewayKey() {
        return request.getHeader(Callers.GATEWAY_KEY);
    }

    @Override
    public @Nullable String option(String name) {
        return QueryText.value(request.getQueryString(), name);
    }
}
