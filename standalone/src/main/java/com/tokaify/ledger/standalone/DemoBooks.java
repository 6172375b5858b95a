package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the query side has of each account, held against what gateways were told.
 *
 * @param took how long the query side needed until it knew everything
 */
record DemoBooks(Map<DemoAccount, Page> pages, Duration took) {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(200);

    DemoBooks {
        pages = Map.copyOf(pages);
    }

    /** One account's: units that were consumed, what is left, and whether that is right. */
    record Page(long consumed, long balance, boolean agrees) {}

    boolean agree() {
        return pages.values().stream().allMatch(Page::agrees);
    }

    Page of(DemoAccount account) {
        return pages.getOrDefault(account, new Page(0, 0, false));
    }

    /**
     * Waits until the views have come to the end of the stream and show what was acknowledged, no
     * unit less and none more; what they show after a minute is what they show.
     */
    static DemoBooks await(DemoCaller caller, DemoCast cast, DemoTally tally)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            boolean atTheEnd = caller.query("/v1/projections").json().path("lag").asLong(1) == 0;
            DemoBooks read = new DemoBooks(pages(caller, cast, tally), Terminal.since(begin));
            if ((read.agree() && atTheEnd) || read.took().compareTo(LIMIT) > 0) {
                return read;
            }
            Thread.sleep(PAUSE);
        }
    }

    private static Map<DemoAccount, Page> pages(DemoCaller caller, DemoCast cast, DemoTally tally)
            throws IOException, InterruptedException {
        Map<DemoAccount, Page> pages = new EnumMap<>(DemoAccount.class);
        for (DemoAccount account : DemoAccount.values()) {
            DemoTally.Counted counted = tally.read(account);
            DemoCaller.Answer answer = caller.query("/v1/accounts/" + cast.accountId(account));
            long consumed = answer.json().path("consumed").asLong(-1);
            pages.put(
                    account,
                    new Page(
                            consumed,
                            answer.json().path("balance").asLong(0),
                            consumed >= counted.units()
                                    && consumed <= counted.units() + counted.unsureUnits()));
        }
        return pages;
    }
}
