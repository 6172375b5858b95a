package com.tokaify.ledger.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a day came to, for people; each number also stands in the query API. */
final class DemoTable {
    private DemoTable() {}

    /** The line that changes while the day is played. */
    static String progress(double part, DemoTally tally, Duration played) {
        DemoTally.Counted all = tally.all();
        double seconds = Math.max(1, played.toMillis()) / 1000.0;
        return String.format(
                Locale.ROOT,
                "  %s  %,d calls (%.0f/s)  %,d allowed  %,d refused  %,d units",
                DemoDay.clock(part),
                all.calls(),
                all.calls() / seconds,
                all.allowed(),
                all.refused(),
                all.units());
    }

    static List<String> of(DemoTally tally, DemoCast cast, DemoBooks books, Duration played) {
        DemoTally.Counted all = tally.all();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%,d calls in %s: %,d allowed, %,d refused, %,d unanswered",
                        all.calls(),
                        Terminal.seconds(played),
                        all.allowed(),
                        all.refused(),
                        all.unanswered()));
        lines.add("");
        for (Map.Entry<String, Long> refusal : tally.refusals().entrySet()) {
            lines.add(
                    String.format(
                            Locale.ROOT, "  %-22s %,9d", refusal.getKey(), refusal.getValue()));
        }
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "  %-18s %-31s %9s %9s %9s %15s %15s  %s",
                        "account",
                        "",
                        "calls",
                        "allowed",
                        "refused",
                        "units",
                        "balance",
                        "books"));
        for (DemoAccount account : DemoAccount.values()) {
            lines.add(row(account, tally.read(account), cast.accountId(account), books));
        }
        lines.add("");
        lines.add(verdict(all, books));
        return lines;
    }

    private static String row(
            DemoAccount account, DemoTally.Counted counted, String id, DemoBooks books) {
        DemoBooks.Page page = books.of(account);
        return String.format(
                Locale.ROOT,
                "  %-18s %-31s %,9d %,9d %,9d %,15d %,15d  %s",
                account.title(),
                id,
                counted.calls(),
                counted.allowed(),
                counted.refused(),
                counted.units(),
                page.balance(),
                page.agrees() ? "agree" : String.format(Locale.ROOT, "say %,d", page.consumed()));
    }

    private static String verdict(DemoTally.Counted all, DemoBooks books) {
        String unsure =
                all.unsureUnits() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " (%,d units were never acknowledged and may be there or not)",
                                all.unsureUnits());
        return books.agree()
                ? String.format(
                        Locale.ROOT,
                        "The books agree: all %,d units that were acknowledged are in the views, once%s; seen after %s.",
                        all.units(),
                        unsure,
                        Terminal.seconds(books.took()))
                : "THE BOOKS DO NOT AGREE with what was acknowledged" + unsure + ".";
    }
}
