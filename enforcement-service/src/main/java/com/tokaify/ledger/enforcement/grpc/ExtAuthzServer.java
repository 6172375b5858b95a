package com.tokaify.ledger.enforcement.grpc;

import com.tokaify.ledger.enforcement.access.Callers;
import com.tokaify.ledger.enforcement.authz.AuthzAnswer;
import com.tokaify.ledger.enforcement.authz.AuthzHook;
import com.tokaify.ledger.enforcement.client.TrustedProxies;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.OfFace;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.service.PortTaken;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Envoy's {@code envoy.service.auth.v3.Authorization/Check}: the decision of {@link AuthzHook} over
 * gRPC. Whatever goes wrong here is a refusal, never a call let through: an unreadable request, an
 * unexpected error, a view that is not ready.
 *
 * <p>Decides on the threads that read from the network, since a decision waits for nothing.
 */
public final class ExtAuthzServer implements AutoCloseable {
    public static final String PORT_VARIABLE = "LEDGER_ENFORCEMENT_GRPC_PORT";

    private static final Logger LOG = LoggerFactory.getLogger(ExtAuthzServer.class);
    private static final Metadata.Key<String> GATEWAY_KEY =
            Metadata.Key.of(Callers.GATEWAY_KEY, Metadata.ASCII_STRING_MARSHALLER);
    private static final String SERVICE = "envoy.service.auth.v3.Authorization";

    /** The largest body that is looked at, and room for headers. */
    private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024;

    private static final long STOP_SECONDS = 10;

    private final AuthzHook hook;
    private final TrustedProxies trusted;
    private final OfFace counts;
    private final InetSocketAddress address;
    private final Server server;

    /**
     * @param address to listen on; port 0 takes a free one
     */
    public ExtAuthzServer(
            AuthzHook hook, TrustedProxies trusted, OfFace counts, InetSocketAddress address) {
        this.hook = hook;
        this.trusted = trusted;
        this.counts = counts;
        this.address = address;
        this.server =
                NettyServerBuilder.forAddress(address)
                        .directExecutor()
                        .maxInboundMessageSize(MAX_REQUEST_BYTES)
                        .addService(service())
                        .build();
    }

    /**
     * @throws PortTaken where somebody listens there
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            if (isTaken(e.getCause())) {
                throw new PortTaken(address.getPort(), PORT_VARIABLE, e);
            }
            throw e;
        }
        LOG.info("gRPC ext_authz listens on port {}", server.getPort());
    }

    /** Netty's native transport has an exception of its own for what Java calls a BindException. */
    private static boolean isTaken(@Nullable Throwable cause) {
        String message = cause == null ? null : cause.getMessage();
        return message != null && message.contains("Address already in use");
    }

    public int port() {
        return server.getPort();
    }

    /** Requests under way are answered first. */
    @Override
    public void close() {
        try {
            if (!server.shutdown().awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private ServerServiceDefinition service() {
        MethodDescriptor<byte[], byte[]> check =
                MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(
                                MethodDescriptor.generateFullMethodName(SERVICE, "Check"))
                        .build();
        return ServerServiceDefinition.builder(SERVICE)
                .addMethod(
                        check,
                        (call, metadata) -> {
                            SocketAddress envoy =
                                    call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
                            return ServerCalls.<byte[], byte[]>asyncUnaryCall(
                                            (request, answers) -> {
                                                answers.onNext(
                                                        check(
                                                                request,
                                                                envoy,
                                                                metadata.get(GATEWAY_KEY)));
                                                answers.onCompleted();
                                            })
                                    .startCall(call, metadata);
                        })
                .build();
    }

    private byte[] check(byte[] bytes, @Nullable SocketAddress envoy, @Nullable String gatewayKey) {
        AuthzAnswer answer;
        try {
            CheckRequest request = CheckRequest.read(bytes);
            answer = hook.answer(new CheckCall(request, peer(request, envoy), gatewayKey), "");
            counts.add(answer.gatewayKnown(), answer.code());
        } catch (IOException e) {
            LOG.warn("a check was no message of Envoy's", e);
            answer = AuthzHook.failed();
        } catch (RuntimeException e) {
            LOG.error("a check failed unexpectedly", e);
            answer = AuthzHook.failed();
        }
        return CheckResponse.of(answer);
    }

    /** Where Envoy is nobody who is believed, the call is Envoy's own. */
    private String peer(CheckRequest request, @Nullable SocketAddress envoy) {
        if (!(envoy instanceof InetSocketAddress socket)) {
            return "";
        }
        InetAddress address = socket.getAddress();
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        text = zone < 0 ? text : text.substring(0, zone);
        return isTrusted(text) ? request.source() : text;
    }

    private boolean isTrusted(String address) {
        try {
            return trusted.contains(IpAddress.parse("peer", address));
        } catch (InvalidField e) {
            return false;
        }
    }

    /** Messages stay bytes until they are read in a place where what goes wrong is a refusal. */
    private static final class Bytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("a message could not be read", e);
            }
        }
    }
}
