package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.command.settings.DatabaseSettings;

/** What books usage without HTTP, each in a JVM of its own. */
enum InProcessRoad {
    /** Command-service's write path, with tokens that are in its store already. */
    LEDGER {
        @Override
        Bookkeeper open(DatabaseSettings database, TokenPopulation tokens) {
            return new InProcessLedger(database);
        }
    },
    TODAY {
        @Override
        Bookkeeper open(DatabaseSettings database, TokenPopulation tokens) throws Exception {
            TodaysPractice today = new TodaysPractice(database.owner());
            today.create(tokens);
            return today;
        }
    },
    STOCK_AXON {
        @Override
        Bookkeeper open(DatabaseSettings database, TokenPopulation tokens) throws Exception {
            StockAxon axon = new StockAxon(database.owner());
            axon.create(tokens);
            return axon;
        }
    };

    /**
     * Ready to book usage of the tokens.
     *
     * @param database empty but for what the road says
     */
    abstract Bookkeeper open(DatabaseSettings database, TokenPopulation tokens) throws Exception;
}
