package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.source.EventSource;
import java.util.List;

/** What checks find in a source, as kinds and places. */
final class Found {
    private Found() {}

    static List<String> in(EventSource source, CheckFactory check) {
        Findings findings = new Findings();
        new Pass(source, List.of(check), findings, Progress.UNSEEN).run(2);
        return of(findings);
    }

    static List<String> of(Findings findings) {
        return findings.first().stream()
                .map(each -> each.kind() + " " + each.where())
                .sorted()
                .toList();
    }
}
