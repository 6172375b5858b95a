package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.finding.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Findings for people, a line each. */
final class FoundLines {
    private FoundLines() {}

    /**
     * @param count how many there are, of which the first are given
     */
    static void print(List<Finding> first, long count, PrintWriter out) {
        for (Finding each : first) {
            out.printf(Locale.ROOT, "%-24s %-40s %s%n", each.kind(), each.where(), each.what());
        }
        if (count > first.size()) {
            out.printf(Locale.ROOT, "and %,d more%n", count - first.size());
        }
        out.println(count == 0 ? "no findings" : String.format(Locale.ROOT, "%,d findings", count));
    }
}
