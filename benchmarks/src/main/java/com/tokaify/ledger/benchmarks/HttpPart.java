package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.local.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The system as it is deployed: command-service's own jar in a JVM of its own, called over HTTP,
 * relaying to a real broker all the while. Before the load, what each service takes of memory.
 */
final class HttpPart {
    private final Options options;
    private final Infrastructure infrastructure;
    private final LedgerStore store;
    private final Consumer<String> progress;

    private HttpPart(
            Options options,
            Infrastructure infrastructure,
            LedgerStore store,
            Consumer<String> progress) {
        this.options = options;
        this.infrastructure = infrastructure;
        this.store = store;
        this.progress = progress;
    }

    /** What came of it. */
    record Outcome(List<JvmMemory> memories, Comparison comparison) {}

    /**
     * @throws IOException where command-service's jar is missing
     */
    static Outcome run(Options options, Infrastructure infrastructure, Consumer<String> progress)
            throws Exception {
        Path jar = Service.Kind.COMMAND.jar(options.services());
        if (!Files.isRegularFile(jar)) {
            throw new IOException(jar + " is missing: build first, or name another --services");
        }
        LedgerStore store = infrastructure.newStore("over_http");
        return new HttpPart(options, infrastructure, store, progress).run(jar);
    }

    private Outcome run(Path jar) throws Exception {
        TokenPopulation tokens = new TokenPopulation(options.tokens());
        try (InProcessLedger ledger = new InProcessLedger(store)) {
            ledger.create(tokens);
        }
        LocalKafka kafka = infrastructure.startKafka();
        Service service = infrastructure.start(Service.Kind.COMMAND, jar, store, kafka);
        List<JvmMemory> memories = new ArrayList<>();
        memories.add(JvmMemory.of(service.process()));
        for (Service.Kind reader : List.of(Service.Kind.QUERY, Service.Kind.ENFORCEMENT)) {
            memoryOf(reader, kafka).ifPresent(memories::add);
        }
        memories.add(JvmMemory.of(kafka.process()));
        Comparison comparison = measure(service, tokens);
        service.stop();
        kafka.stop();
        return new Outcome(memories, comparison);
    }

    /** Started on the ledger as it is, read, and stopped again: it would share in the load. */
    private Optional<JvmMemory> memoryOf(Service.Kind kind, LocalKafka kafka)
            throws IOException, InterruptedException, SQLException {
        Path jar = kind.jar(options.services());
        if (!Files.isRegularFile(jar)) {
            progress.accept("no memory of " + kind.name() + ": there is no " + jar);
            return Optional.empty();
        }
        Service service = infrastructure.start(kind, jar, store, kafka);
        JvmMemory memory = JvmMemory.of(service.process());
        service.stop();
        return Optional.of(memory);
    }

    private Comparison measure(Service service, TokenPopulation tokens) throws Exception {
        Rounds rounds = new Rounds(options, store, progress);
        List<HttpBookkeeper> connections = new ArrayList<>();
        try (Floors floors = new Floors(store.settings().writer(), options.tokens())) {
            for (int i = 0; i < Shape.mostCallers(); i++) {
                connections.add(new HttpBookkeeper(service.port()));
            }
            int touched = Consumptions.touchAll(connections.getFirst(), tokens);
            List<Contestant> contestants =
                    new ArrayList<>(Consumptions.contestants("over HTTP", connections, tokens));
            contestants.addAll(floors.contestants());
            List<Result> results = rounds.measure(contestants);
            store.mustHold(touched + rounds.acknowledged());
            return new Comparison(results);
        } finally {
            for (HttpBookkeeper connection : connections) {
                connection.close();
            }
        }
    }
}
