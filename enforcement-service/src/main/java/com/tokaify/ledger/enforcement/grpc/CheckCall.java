package com.tokaify.ledger.enforcement.grpc;

import com.tokaify.ledger.enforcement.http.GatewayCall;
import com.tokaify.ledger.events.InvalidField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as Envoy describes it over gRPC. The path is the caller's own, so no header is asked for
 * it; options are the extensions of the context, which Envoy's operator sets and no caller can.
 *
 * @param peer whoever the call came from: Envoy's word where Envoy is believed, else Envoy itself
 * @param gatewayKey of the metadata of Envoy's own call; what its caller has sent as a header under
 *     that name is none
 */
record CheckCall(CheckRequest request, String peer, @Nullable String gatewayKey)
        implements GatewayCall {

    @Override
    public String path() {
        int question = request.path().indexOf('?');
        return question < 0 ? request.path() : request.path().substring(0, question);
    }

    @Override
    public @Nullable String query() {
        int question = request.path().indexOf('?');
        return question < 0 ? null : request.path().substring(question + 1);
    }

    @Override
    public boolean isCallersOwnPath() {
        return true;
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public List<String> headers(String name) {
        String value = request.header(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public boolean hasBody() {
        return request.body().length > 0;
    }

    @Override
    public byte[] body(int maxBytes) {
        if (request.body().length > maxBytes) {
            throw new InvalidField("body", "must have at most " + maxBytes + " bytes");
        }
        return request.body();
    }

    @Override
    public @Nullable String requestId() {
        return request.id().isEmpty() ? null : request.id();
    }

    @Override
    public @Nullable String option(String name) {
        return request.extension(name);
    }
}
