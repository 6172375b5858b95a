package com.tokaify.ledger.query.usage;

import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param keep how many months of tokens' usage are kept behind the newest; null is all
 */
@ConfigurationProperties("ledger.usage")
public record UsageSettings(@Nullable Period keep) {
    public static final UsageSettings FOR_EVER = new UsageSettings(null);

    public UsageSettings {
        if (keep != null && (!keep.equals(keep.withDays(0)) || keep.toTotalMonths() < 1)) {
            throw new IllegalArgumentException(
                    "ledger.usage.keep must be a number of months or years, e.g. P13M");
        }
    }
}
