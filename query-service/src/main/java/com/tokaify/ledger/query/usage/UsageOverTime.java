package com.tokaify.ledger.query.usage;

import com.tokaify.ledger.query.time.Buckets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Usage bucket by bucket, those in which there was none included. Amounts are units. A refund
 * counts when it was given, apart from what was consumed.
 *
 * @param from where the first bucket begins
 * @param to where the last one ends
 * @param total of all buckets
 */
record UsageOverTime(
        Buckets.Size bucket,
        String timeZone,
        Instant from,
        Instant to,
        UsageSums total,
        List<UsageBucket> items) {

    static UsageOverTime of(UsageQuery query, List<UsageTable.Found> found) {
        Buckets buckets = query.buckets();
        List<List<UsageTable.Found>> perBucket = new ArrayList<>();
        buckets.starts().forEach(_ -> perBucket.add(new ArrayList<>()));
        found.forEach(part -> perBucket.get(part.bucket()).add(part));
        List<UsageBucket> items = new ArrayList<>();
        for (int i = 0; i < perBucket.size(); i++) {
            items.add(
                    new UsageBucket(
                            buckets.starts().get(i),
                            buckets.endOf(i),
                            sum(perBucket.get(i)),
                            query.byModel() ? models(perBucket.get(i)) : null));
        }
        return new UsageOverTime(
                query.size(),
                query.zone().getId(),
                buckets.from(),
                buckets.to(),
                sum(found),
                List.copyOf(items));
    }

    private static UsageSums sum(List<UsageTable.Found> parts) {
        return parts.stream().map(UsageTable.Found::sums).reduce(UsageSums.NONE, UsageSums::plus);
    }

    private static List<ModelUsage> models(List<UsageTable.Found> parts) {
        return parts.stream().map(part -> new ModelUsage(named(part), part.sums())).toList();
    }

    private static @Nullable String named(UsageTable.Found part) {
        return part.model().isEmpty() ? null : part.model();
    }
}
