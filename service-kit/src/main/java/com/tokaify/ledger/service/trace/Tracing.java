package com.tokaify.ledger.service.trace;

import com.tokaify.ledger.events.kafka.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes spans, and what becomes of them. While it is off there are none: nothing is looked for,
 * sampled, stored or sent, and whoever asks gets an answer that is made already. What spans hold is
 * in the hands of whoever reads traces, so no text of a caller's choosing goes into one: routes
 * instead of paths, ids that were parsed, codes of closed sets. Thread-safe.
 */
public final class Tracing implements AutoCloseable {
    /** Nobody traces anything. */
    public static final Tracing OFF = new Tracing(TracerProvider.noop(), null);

    private static final String SCOPE = "com.tokaify.ledger";

    private final Tracer tracer;
    private final @Nullable SdkTracerProvider provider;

    private Tracing(TracerProvider tracers, @Nullable SdkTracerProvider provider) {
        this.tracer = tracers.get(SCOPE);
        this.provider = provider;
    }

    /**
     * On. Whether a request is traced its caller says; of those that do not say, a part is.
     *
     * @param sample that part, from 0 to 1
     * @param who makes the spans
     */
    public static Tracing to(SpanProcessor spans, double sample, Resource who) {
        SdkTracerProvider provider =
                SdkTracerProvider.builder()
                        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sample)))
                        .setResource(who)
                        .addSpanProcessor(spans)
                        .build();
        return new Tracing(provider, provider);
    }

    public boolean isOn() {
        return provider != null;
    }

    /** A span that nothing of ours has caused: a request's, whose caller may have. */
    SpanBuilder span(String name, Context cause) {
        return tracer.spanBuilder(name).setParent(cause);
    }

    /** A span of what came of that. */
    public SpanBuilder span(String name, TraceParent cause) {
        SpanContext there =
                SpanContext.createFromRemoteParent(
                        cause.traceId(),
                        cause.spanId(),
                        TraceFlags.getSampled(),
                        TraceState.getDefault());
        return span(name, Context.root().with(Span.wrap(there)));
    }

    /** Where in a trace this thread is, which works on a request; empty where it is in none. */
    public Optional<TraceParent> here() {
        return isOn() ? placeOf(Span.current()) : Optional.empty();
    }

    /** Where what this span has caused belongs; empty where the span is not recorded. */
    public static Optional<TraceParent> placeOf(Span span) {
        SpanContext context = span.getSpanContext();
        return context.isSampled()
                ? Optional.of(new TraceParent(context.getTraceId(), context.getSpanId()))
                : Optional.empty();
    }

    /** Tells the next service, by {@code traceparent}, where in a trace this thread is. */
    public void tell(HttpRequest.Builder request) {
        if (isOn()) {
            W3CTraceContextPropagator.getInstance()
                    .inject(Context.current(), request, Tracing::header);
        }
    }

    private static void header(HttpRequest.@Nullable Builder request, String name, String value) {
        if (request != null) {
            request.header(name, value);
        }
    }

    /** Sends what has ended, for some seconds at most. */
    @Override
    public void close() {
        if (provider != null) {
            provider.close();
        }
    }
}
