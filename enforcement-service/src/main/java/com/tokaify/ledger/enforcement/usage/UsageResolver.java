package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.TokenEntry;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.service.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * Turns what a gateway has given into reports: finds the token behind each secret or id and refuses
 * a request that contradicts itself. All or nothing: one bad item and no report is made. Any number
 * of threads.
 */
public final class UsageResolver {
    private final LocalView view;
    private final Guard guard;
    private final Actor reporter;

    public UsageResolver(LocalView view, Guard guard, Actor reporter) {
        this.view = view;
        this.guard = guard;
        this.reporter = reporter;
    }

    private record UsageKey(TokenId tokenId, String usageId) {}

    /**
     * @throws ProblemException 404 {@code TOKEN_NOT_FOUND} where an item's token is unknown
     * @throws InvalidField where a usage is given twice and not the same
     */
    List<UsageReport> resolve(List<UsageItem> items, Instant now) {
        List<UsageReport> reports = new ArrayList<>(items.size());
        Map<UsageKey, UsageReport> given = new HashMap<>();
        for (UsageItem item : items) {
            UsageReport report =
                    new UsageReport(
                            tokenOf(item),
                            item.usageId(),
                            item.amount(),
                            item.model(),
                            now,
                            reporter);
            UsageReport other = given.put(new UsageKey(report.tokenId(), report.usageId()), report);
            if (other != null && !other.equals(report)) {
                throw new InvalidField(
                        item.prefix() + "usageId",
                        "stands twice in this request, with another amount or model");
            }
            reports.add(report);
        }
        return reports;
    }

    private TokenId tokenOf(UsageItem item) {
        GivenSecret secret = item.secret();
        Optional<TokenEntry> entry =
                secret == null
                        ? view.find(Objects.requireNonNull(item.tokenId()))
                        : guard.owner(secret);
        return entry.orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                Code.TOKEN_NOT_FOUND.name(),
                                item.prefix()
                                        + (secret == null ? "tokenId" : "secret")
                                        + " is of no token known here."))
                .id();
    }
}
