package com.tokaify.ledger.service.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The span of a request, by OpenTelemetry's conventions for HTTP, in the trace of its caller where
 * that says so by {@code traceparent}. Of what the caller wrote there is nothing in it: the path's
 * pattern stands for the path, whose ids are told by spans of what is done with them. While the
 * request lasts, lines of the log have its {@code traceId} and {@code spanId}.
 */
final class TraceFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String METHOD = "http.request.method";
    private static final String ROUTE = "http.route";
    private static final String STATUS = "http.response.status_code";
    private static final String ERROR = "error.type";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Of any other method, since those are whatever a caller writes. */
    private static final String OTHER = "_OTHER";

    /** Of a span whose method says nothing. */
    private static final String HTTP = "HTTP";

    private static final String TRACE_PARENT = "traceparent";

    private final transient Tracing tracing;

    TraceFilter(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : OTHER;
        Span span =
                tracing.span(name(method), caller(request))
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute(METHOD, method)
                        .startSpan();
        try (Scope _ = span.makeCurrent();
                MDC.MDCCloseable _ =
                        MDC.putCloseable("traceId", span.getSpanContext().getTraceId());
                MDC.MDCCloseable _ =
                        MDC.putCloseable("spanId", span.getSpanContext().getSpanId())) {
            chain.doFilter(request, response);
            answered(span, response.getStatus());
        } catch (IOException | ServletException | RuntimeException e) {
            answered(span, HttpStatus.INTERNAL_SERVER_ERROR.value());
            span.setAttribute(ERROR, e.getClass().getName()); // its message may hold anything
            throw e;
        } finally {
            if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
                    instanceof String route) {
                span.updateName(name(method) + " " + route).setAttribute(ROUTE, route);
            }
            span.end();
        }
    }

    private static Context caller(HttpServletRequest request) {
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), request, TraceFilter::header);
    }

    /** Not {@code tracestate}: that is text of anybody's, and would be told with every span. */
    private static @Nullable String header(@Nullable HttpServletRequest request, String name) {
        return request != null && name.equals(TRACE_PARENT) ? request.getHeader(name) : null;
    }

    private static String name(String method) {
        return method.equals(OTHER) ? HTTP : method;
    }

    private static void answered(Span span, int status) {
        span.setAttribute(STATUS, (long) status);
        if (status >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            span.setStatus(StatusCode.ERROR).setAttribute(ERROR, Integer.toString(status));
        }
    }
}
