package com.example.gateway;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Spring Cloud Gateway (WebFlux) asks the ledger before it forwards. A recipe to copy into a gateway
 * of yours; this very file is compiled and run by SpringCloudGatewayIT.
 *
 * <p>The body is not sent along, so tokens that are restricted to models need a gateway that reads
 * the model (the CacheRequestBody filter does) and sets {@code X-Model} below.
 */
@Component
class LedgerFilter implements GlobalFilter, Ordered {
    private static final List<String> KEYS =
            List.of(HttpHeaders.AUTHORIZATION, "x-api-key", "x-goog-api-key", "mj-api-secret", "Sec-WebSocket-Protocol");
    private static final String GATEWAY_KEY = "X-Gateway-Key";
    private static final List<String> ABOUT_THE_TOKEN =
            List.of("X-Token-Id", "X-Account-Id", "X-Token-Group", "X-Token-Remaining");

    /** A ledger that hangs is one that does not answer. */
    private final WebClient ledger = WebClient.builder()
            .baseUrl("http://127.0.0.1:8083")
            .clientConnector(new ReactorClientHttpConnector(HttpClient.create()
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 200)
                    .responseTimeout(Duration.ofSeconds(1))))
            .build();

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String query = request.getURI().getRawQuery();
        return ledger.get()
                .uri("/authz")
                .headers(to -> {
                    KEYS.forEach(name -> {
                        String value = request.getHeaders().getFirst(name);
                        if (value != null) {
                            to.set(name, value);
                        }
                    });
                    // What this gateway is known by; put its own key in its place.
                    to.set(GATEWAY_KEY, "your-gateway-key");
                    to.set("X-Original-URI", request.getURI().getRawPath() + (query == null ? "" : "?" + query));
                    to.set("X-Forwarded-For", request.getRemoteAddress().getAddress().getHostAddress());
                })
                .exchangeToMono(answer -> answer.statusCode().value() == HttpStatus.OK.value()
                        ? answer.releaseBody().then(chain.filter(named(exchange, answer)))
                        : refuse(exchange.getResponse(), answer))
                // Nobody passes while the ledger does not answer.
                .onErrorResume(WebClientRequestException.class, e -> {
                    exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
                    return exchange.getResponse().setComplete();
                });
    }

    private static ServerWebExchange named(ServerWebExchange exchange, ClientResponse answer) {
        return exchange.mutate()
                .request(request -> request.headers(to -> {
                    // The caller's key ends here; put your upstream's own in its place.
                    KEYS.forEach(to::remove);
                    to.remove(GATEWAY_KEY);
                    ABOUT_THE_TOKEN.forEach(name -> to.set(name, answer.headers().asHttpHeaders().getFirst(name)));
                }))
                .build();
    }

    private static Mono<Void> refuse(ServerHttpResponse response, ClientResponse answer) {
        response.setStatusCode(answer.statusCode());
        response.getHeaders().setContentType(answer.headers().contentType().orElse(null));
        return response.writeWith(answer.bodyToFlux(DataBuffer.class));
    }

    /** Before the filters that route. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }
}
