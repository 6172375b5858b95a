package com.tokaify.ledger.benchmarks.enforce;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.tokaify.ledger.benchmarks.JvmMemory;
import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What a view takes of memory for each token: the live heap of this JVM with the view, less what it
 * was before, all indexes and accounts in it.
 */
record ViewFootprint(int tokens, double bytesPerToken) {
    private static final int TOKENS_PER_ACCOUNT = 100;

    /** Builds a view of so many tokens, weighs it and lets it go. */
    static ViewFootprint of(int tokens) throws IOException {
        long before = JvmMemory.live();
        LocalView view = view(tokens);
        long with = JvmMemory.live();
        if (view.tokens() != tokens) {
            throw new IllegalStateException("the view has " + view.tokens() + " tokens");
        }
        return new ViewFootprint(tokens, (with - before) / (double) tokens);
    }

    private static LocalView view(int tokens) {
        NoArgGenerator uuids = Generators.timeBasedEpochGenerator();
        RandomGenerator random = new SplittableRandom();
        EventSequence events = new EventSequence();
        LocalView view = new LocalView(LedgerStore.PARTITIONS);
        AccountId account = new AccountId(uuids.generate());
        KnownTokens kinds = new KnownTokens(12);
        for (int i = 0; i < tokens; i++) {
            if (i % TOKENS_PER_ACCOUNT == 0) {
                account = new AccountId(uuids.generate());
                view.apply(events.next(account, 0, new AccountOpened("Benchmark")));
            }
            TokenId token = new TokenId(uuids.generate());
            view.apply(
                    events.next(
                            token,
                            0,
                            new TokenCreated(
                                    account,
                                    "token of a benchmark",
                                    "default",
                                    kinds.restrictions(i),
                                    new LookupHash(
                                            random.nextLong(),
                                            random.nextLong(),
                                            random.nextLong(),
                                            random.nextLong()),
                                    "sk-tkfA**********wxyz")));
        }
        return view;
    }
}
