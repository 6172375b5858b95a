package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.TokenEntry;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.Scope;
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

    public UsageResolver(LocalView view, Guard guard) {
        this.view = view;
        this.guard = guard;
    }

    private record UsageKey(TokenId tokenId, String usageId) {}

    /**
     * @param by who reports it, as it will stand in the events
     * @throws ProblemException 404 {@code TOKEN_NOT_FOUND} where an item's token is unknown, or is
     *     another account's
     * @throws InvalidField where a usage is given twice and not the same
     */
    List<UsageReport> resolve(Access by, List<UsageItem> items, Instant now) {
        List<UsageReport> reports = new ArrayList<>(items.size());
        Map<UsageKey, UsageReport> given = new HashMap<>();
        for (UsageItem item : items) {
            UsageReport report =
                    new UsageReport(
                            tokenOf(item, by.scope()),
                            item.usageId(),
                            item.amount(),
                            item.model(),
                            now,
                            by.actor());
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

    private TokenId tokenOf(UsageItem item, Scope scope) {
        GivenSecret secret = item.secret();
        Optional<TokenEntry> entry =
                secret == null
                        ? view.find(Objects.requireNonNull(item.tokenId()))
                        : guard.owner(secret);
        return entry.filter(token -> scope.covers(token.account().id()))
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                Code.TOKEN_NOT_FOUND.name(),
                                item.prefix()
                                        + (secret == null ? "tokenId" : "secret")
                                        + " is of no token known here."))
                .id();
    }
}
