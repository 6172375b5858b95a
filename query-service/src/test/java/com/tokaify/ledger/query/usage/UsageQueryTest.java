package com.tokaify.ledger.query.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.query.time.Buckets;
import com.tokaify.ledger.query.web.QueryParameters;
import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What may be asked of usage. */
class UsageQueryTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:20:30Z");

    /** Who asks for nothing gets thirty days up to today; who asks for hours, a day of them. */
    @Test
    void tellsTheLastThirtyDaysOrTheLastDay() {
        UsageQuery days = parse();
        assertThat(days.buckets().starts()).hasSize(30);
        assertThat(days.buckets().to()).isEqualTo("2026-11-26T00:00:00Z");
        assertThat(days.byModel()).isFalse();

        UsageQuery hours = parse("bucket", "hour", "timeZone", "Asia/Kolkata");
        assertThat(hours.buckets().starts()).hasSize(24);
        assertThat(hours.buckets().to()).isEqualTo("2026-11-25T10:30:00Z");
    }

    /** Every parameter means what it says. */
    @Test
    void readsEveryParameter() {
        UsageQuery query =
                parse(
                        "bucket", "day",
                        "from", "2026-11-01T00:00:00+08:00",
                        "to", "2026-11-03T00:00:00+08:00",
                        "timeZone", "Asia/Shanghai",
                        "groupBy", "model");

        assertThat(query.size()).isEqualTo(Buckets.Size.DAY);
        assertThat(query.zone().getId()).isEqualTo("Asia/Shanghai");
        assertThat(query.byModel()).isTrue();
        assertThat(query.buckets().starts())
                .containsExactly(
                        Instant.parse("2026-10-31T16:00:00Z"),
                        Instant.parse("2026-11-01T16:00:00Z"));
    }

    /** A parameter that breaks its rule is refused by name. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    bucket,   week,                 must be hour or day
                    bucket,   DAY,                  must be hour or day
                    from,     yesterday,            must be a time such as
                    from,     2026-11-25,           must be a time such as
                    to,       9000-01-01T00:00:00Z, must be a time such as
                    timeZone, +08:00,               must be a name of the IANA
                    timeZone, Mars/Base,            must be a name of the IANA
                    groupBy,  token,                must be model
                    model,    gpt-a,                is not a parameter
                    """)
    void refusesWhatBreaksItsRule(String name, String text, String rule) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> parse(name, text))
                .satisfies(e -> assertThat(e.field()).isEqualTo(name))
                .satisfies(e -> assertThat(e.rule()).startsWith(rule));
    }

    /** Only whole months can be dropped, so only whole months can be kept. */
    @Test
    void keepsWholeMonths() {
        assertThat(new UsageSettings(Period.parse("P1Y1M")).keep()).isEqualTo(Period.of(1, 1, 0));
        for (String wrong : new String[] {"P30D", "P0M", "P-1M"}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new UsageSettings(Period.parse(wrong)))
                    .withMessageContaining("ledger.usage.keep");
        }
    }

    private static UsageQuery parse(String... namesAndValues) {
        MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return UsageQuery.parse(new QueryParameters(values), NOW);
    }
}
