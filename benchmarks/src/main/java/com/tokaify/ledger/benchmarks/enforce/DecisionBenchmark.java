package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.enforcement.access.Door;
import com.tokaify.ledger.enforcement.access.GatewayKeys;
import com.tokaify.ledger.enforcement.access.KnownCallers;
import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.service.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One decision in process, from the text of the secret to the verdict: checksum, hash, lookup and
 * every rule. Run by JMH in a JVM of its own, which calls {@link #fill} before anything else.
 */
@SuppressWarnings("NullAway.Init")
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBenchmark {
    private static final int PEPPER_BYTES = 32;
    private static final int GATEWAYS = 10;
    private static final String GATEWAY_KEY = "0123456789abcdef".repeat(4);

    /** Tokens in the view. */
    @Param("1000000")
    public int tokens;

    private Guard guard;
    private Door door;
    private GivenSecret[] secrets;
    private GivenSecret[] unknown;
    private Check check;
    private int next;

    @Setup
    public void fill() throws IOException {
        byte[] bytes = new byte[PEPPER_BYTES];
        new SplittableRandom().nextBytes(bytes);
        Path file = Files.createTempFile("pepper", "");
        Files.write(file, bytes);
        Pepper pepper = Pepper.read(file);
        Files.delete(file);
        KnownTokens known = new KnownTokens(tokens);
        LocalView view = new LocalView(LedgerStore.PARTITIONS);
        new EventSequence().of(known, pepper, view::apply);
        view.become(new ViewStatus.Ready());
        guard = new Guard(view, pepper, InstantSource.system());
        door = new Door(new KnownCallers(keys(), null), EnumSet.of(Role.GATEWAY));
        secrets = new GivenSecret[tokens];
        for (int i = 0; i < tokens; i++) {
            secrets[i] = new GivenSecret(known.secret(i));
        }
        SplittableRandom random = new SplittableRandom();
        for (int i = tokens - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            GivenSecret swapped = secrets[i];
            secrets[i] = secrets[j];
            secrets[j] = swapped;
        }
        unknown = new GivenSecret[1 << 10];
        SecureRandom secure = new SecureRandom();
        for (int i = 0; i < unknown.length; i++) {
            unknown[i] = new GivenSecret(TokenSecret.generate(secure).reveal());
        }
        check = new Check(KnownTokens.MODEL, IpAddress.parse("ip", KnownTokens.IP), 1L);
        if (guard.decide(secrets[0], check).code() != Code.OK) {
            throw new IllegalStateException("a known token was refused");
        }
    }

    private static GatewayKeys keys() {
        return GatewayKeys.parse(
                IntStream.range(0, GATEWAYS)
                        .mapToObj(gateway ->
                                "edge-%d=%s"
                                        .formatted(
                                                gateway,
                                                GatewayKeys.digest(
                                                        gateway == GATEWAYS / 2
                                                                ? GATEWAY_KEY
                                                                : "key of edge-" + gateway)))
                        .toList());
    }

    /** One and the same token again and again: everything is in the caches. */
    @Benchmark
    public Decision hotToken() {
        return guard.decide(secrets[0], check);
    }

    /** The same for one of ten gateways, which shows its key: what the door costs. */
    @Benchmark
    public Decision hotTokenByGatewayKey() {
        return guard.decide(
                guard.identify(secrets[0]).within(door.admit(GATEWAY_KEY, null).scope()), check);
    }

    /** A token at random each time: hardly anything is. */
    @Benchmark
    public Decision anyToken() {
        next = next + 1 < secrets.length ? next + 1 : 0;
        return guard.decide(secrets[next], check);
    }

    /** A well-formed secret nobody has. */
    @Benchmark
    public Decision unknownToken() {
        next = next + 1 < unknown.length ? next + 1 : 0;
        return guard.decide(unknown[next], check);
    }
}
