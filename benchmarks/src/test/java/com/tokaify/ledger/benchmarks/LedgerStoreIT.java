package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LedgerStoreIT {
    /**
     * Neither a lost nor an invented consumption gets through, and floors are not taken for any.
     */
    @Test
    void holdsExactlyWhatWasAcknowledged() throws Exception {
        try (Infrastructure infrastructure = Infrastructure.start()) {
            LedgerStore store = infrastructure.newStore("checked");
            TokenPopulation tokens = new TokenPopulation(10);
            int booked;
            try (InProcessLedger ledger = new InProcessLedger(store.settings());
                    CopyClient floor =
                            new CopyClient(
                                    store.settings().writer(), new FloorRows(10).writer(0), 7)) {
                ledger.create(tokens);
                booked = Consumptions.touch(ledger, tokens.ids());
                floor.contestant().trial().run(Duration.ofMillis(10), Duration.ofMillis(10));
            }
            assertThatCode(() -> store.mustHold(booked)).doesNotThrowAnyException();
            assertThatThrownBy(() -> store.mustHold(booked + 1))
                    .hasMessage("11 consumptions were acknowledged, 10 are stored");
            assertThatThrownBy(() -> store.mustHold(booked - 1))
                    .hasMessage("9 consumptions were acknowledged, 10 are stored");
        }
    }
}
