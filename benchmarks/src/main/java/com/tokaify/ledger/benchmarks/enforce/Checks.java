package com.tokaify.ledger.benchmarks.enforce;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.tokaify.ledger.benchmarks.Caller;
import com.tokaify.ledger.benchmarks.Comparison;
import com.tokaify.ledger.benchmarks.Contestant;
import com.tokaify.ledger.benchmarks.Contestant.Kind;
import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.benchmarks.Options;
import com.tokaify.ledger.benchmarks.Rounds;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.benchmarks.Skew;
import com.tokaify.ledger.benchmarks.Trial;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Every contestant of the same question, may this key be used, asked over the same number of kept
 * connections for the same keys.
 */
final class Checks implements AutoCloseable {
    static final int CONNECTIONS = 64;

    /** As many different requests as fit the generator's memory without being made on the way. */
    private static final int DRAWN = 100_000;

    private final Options options;
    private final KnownTokens tokens;
    private final int[] drawn;
    private final SecureRandom random = new SecureRandom();
    private final List<KeyTable> tables = new ArrayList<>();
    private final List<Contestant> contestants = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    Checks(Options options, KnownTokens tokens) {
        this.options = options;
        this.tokens = tokens;
        this.drawn = tokens.draw(Math.min(DRAWN, Math.max(CONNECTIONS, 10 * tokens.size())));
    }

    void product(Service enforcement) {
        http("POST /v1/verify", Kind.PRODUCT, enforcement.port(), this::verify);
        http("/authz", Kind.PRODUCT, enforcement.port(), this::authz);
        beside("verify, as many others beside it", enforcement, this::verify);
        beside("verify, wrong secrets beside it", enforcement, _ -> verify(madeUp()));
    }

    /** The same load twice over, so that two of these differ in nothing but what is beside them. */
    private void beside(String name, Service enforcement, IntFunction<byte[]> other) {
        Wire wire = new HttpWire();
        Trial trial =
                new Beside(
                        load(enforcement.port(), this::verify, wire),
                        load(enforcement.port(), other, wire));
        contestants.add(new Contestant(name, Skew.ZIPF, Kind.PRODUCT, CONNECTIONS, trial));
    }

    void noOp(Service server) {
        http("no-op, POST", Kind.NO_OP, server.port(), this::verify);
        http("no-op, GET", Kind.NO_OP, server.port(), this::authz);
    }

    void nginx(Infrastructure infrastructure) throws IOException, InterruptedException {
        Optional<Path> program = present("nginx");
        if (program.isPresent()) {
            Nginx nginx = Nginx.start(program.get(), infrastructure);
            http("nginx, fixed answer", Kind.NGINX, nginx.port(), this::authz);
        }
    }

    void redis(Infrastructure infrastructure) throws IOException, InterruptedException {
        Optional<Path> program = present("redis-server");
        if (program.isPresent()) {
            Redis redis = Redis.start(program.get(), infrastructure, tokens);
            wire(
                    "Redis, check and decrement",
                    Kind.REDIS,
                    redis.port(),
                    token -> redis.check(tokens, token),
                    Redis::answer);
        }
    }

    private Optional<Path> present(String program) {
        Optional<Path> found = Rival.find(program);
        if (found.isEmpty()) {
            missing.add(program);
        }
        return found;
    }

    void select(Infrastructure infrastructure) throws SQLException, IOException {
        KeyTable table = new KeyTable(infrastructure.newStore("one_api").settings().owner());
        tables.add(table);
        table.fill(tokens);
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            callers.add(table.caller(tokens, drawn, i * (drawn.length / CONNECTIONS)));
        }
        contestants.add(
                Contestant.of("PostgreSQL, SELECT by key", Skew.ZIPF, Kind.SELECT, callers));
    }

    private void http(String name, Kind kind, int port, IntFunction<byte[]> request) {
        wire(name, kind, port, request, new HttpWire());
    }

    private void wire(String name, Kind kind, int port, IntFunction<byte[]> request, Wire wire) {
        WireLoad load = load(port, request, wire);
        contestants.add(new Contestant(name, Skew.ZIPF, kind, CONNECTIONS, load));
    }

    private WireLoad load(int port, IntFunction<byte[]> request, Wire wire) {
        List<byte[]> requests = Arrays.stream(drawn).mapToObj(request).toList();
        return new WireLoad(port, CONNECTIONS, requests, wire);
    }

    /** Well-formed, so that it costs a lookup; nobody has it. */
    private String madeUp() {
        return TokenSecret.generate(random).reveal();
    }

    private byte[] verify(int token) {
        return verify(tokens.secret(token));
    }

    private byte[] verify(String secret) {
        String body =
                "{\"secret\":\"%s\",\"model\":\"%s\",\"ip\":\"%s\",\"amount\":1}"
                        .formatted(secret, KnownTokens.MODEL, KnownTokens.IP);
        return ("POST /v1/verify HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(US_ASCII);
    }

    private byte[] authz(int token) {
        return ("GET /authz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Model: "
                        + KnownTokens.MODEL
                        + "\r\nX-Forwarded-For: "
                        + KnownTokens.IP
                        + "\r\nAuthorization: Bearer "
                        + tokens.secret(token)
                        + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    /** Programs this machine does not have, whose rows are missing. */
    List<String> missing() {
        return missing;
    }

    Comparison compare(Consumer<String> progress) throws Exception {
        List<Kind> rivals =
                new ArrayList<>(List.of(Kind.NO_OP, Kind.NGINX, Kind.REDIS, Kind.SELECT));
        rivals.removeIf(
                kind -> contestants.stream().noneMatch(contestant -> contestant.kind() == kind));
        return new Comparison(
                rivals,
                new Rounds(options, () -> {}, options.warmUp(), progress).measure(contestants));
    }

    @Override
    public void close() throws SQLException {
        for (KeyTable table : tables) {
            table.close();
        }
    }
}
