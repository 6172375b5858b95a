package com.tokaify.ledger.benchmarks;

import com.fasterxml.uuid.Generators;
import com.tokaify.ledger.command.account.AccountCommand.OpenAccount;
import com.tokaify.ledger.command.bus.CommandResult;
import com.tokaify.ledger.command.bus.CommandSide;
import com.tokaify.ledger.command.bus.GroupCommitCommandBus;
import com.tokaify.ledger.command.bus.Ledger;
import com.tokaify.ledger.command.bus.LedgerGate;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.due.DueCompanion;
import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.command.store.Committer;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.secret.LookupHash;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Command-service's write path in this JVM, from the command bus to the commit, as large as the
 * service makes it by default; without HTTP and without a relay. Thread-safe.
 */
final class InProcessLedger implements Bookkeeper {
    static final long LIVING_AGGREGATES = 100_000;

    private static final CommandSide.Sizes SIZES =
            new CommandSide.Sizes(
                    2 * Runtime.getRuntime().availableProcessors(),
                    4_096,
                    LIVING_AGGREGATES,
                    1_000);
    private static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "benchmark");
    private static final int TOKENS_AT_A_TIME = 5_000;

    private final HikariDataSource readers = new HikariDataSource();
    private final Committer committer;
    private final GroupCommitCommandBus bus;
    private final Ledger ledger;

    InProcessLedger(DatabaseSettings database) {
        long[] heads = StoreSetup.prepare(database.owner(), LedgerStore.PARTITIONS);
        readers.setDataSource(database.writer());
        readers.setMaximumPoolSize(SIZES.lanes());
        committer = new Committer(database.writer(), heads, () -> {});
        LedgerGate gate = new LedgerGate();
        gate.open();
        bus =
                CommandSide.wire(
                        new Partitioning(LedgerStore.PARTITIONS),
                        JdbcClient.create(readers),
                        committer,
                        List.of(new DueCompanion()),
                        gate,
                        SIZES);
        ledger = new Ledger(bus);
    }

    /** When, by whom and in which request: of the same length as over HTTP. */
    static CommandContext context(RandomGenerator random) {
        return new CommandContext(Instant.now(), OPERATOR, Usage.text(random));
    }

    /** Opens an account and creates all tokens, each with a limit that is never reached. */
    void create(TokenPopulation tokens) throws ExecutionException, InterruptedException {
        RandomGenerator random = new SplittableRandom();
        AccountId account = new AccountId(Generators.timeBasedEpochGenerator().generate());
        CommandContext context = context(random);
        send(List.of(new OpenAccount(account, "Benchmark", context)));
        List<TokenId> ids = tokens.ids();
        for (int from = 0; from < ids.size(); from += TOKENS_AT_A_TIME) {
            send(
                    ids.subList(from, Math.min(ids.size(), from + TOKENS_AT_A_TIME)).stream()
                            .map(id -> creation(id, account, context, random))
                            .toList());
        }
    }

    @Override
    public void book(List<Usage> usages) throws ExecutionException, InterruptedException {
        CommandContext context = context(ThreadLocalRandom.current());
        send(
                usages.stream()
                        .map(usage ->
                                new ConsumeQuota(
                                        usage.tokenId(),
                                        usage.usageId(),
                                        usage.amount(),
                                        Usage.MODEL,
                                        Booking.STRICT,
                                        context))
                        .toList());
    }

    /** Sends all, then waits until all are durable. */
    private <A> void send(List<? extends LedgerCommand<A>> commands)
            throws ExecutionException, InterruptedException {
        List<CompletableFuture<CommandResult<A>>> sent = new ArrayList<>(commands.size());
        for (LedgerCommand<A> command : commands) {
            sent.add(ledger.send(command));
        }
        for (CompletableFuture<CommandResult<A>> each : sent) {
            switch (each.get()) {
                case CommandResult.Committed<A> _ -> {}
                case CommandResult.Refused<A>(Refusal refusal, String detail) ->
                        throw new IllegalStateException(refusal + ": " + detail);
            }
        }
    }

    private static CreateToken creation(
            TokenId id, AccountId account, CommandContext context, RandomGenerator random) {
        return new CreateToken(
                id,
                account,
                "token of a benchmark",
                "default",
                new Restrictions(FieldRules.MAX_AMOUNT, List.of("gpt-4o", Usage.MODEL), null, null),
                new LookupHash(
                        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()),
                "sk-tkfA**********wxyz",
                context);
    }

    @Override
    public void close() {
        bus.close();
        committer.close();
        readers.close();
    }
}
